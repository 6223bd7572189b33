export { createPictureDrawer } from './draw-picture.ts';
