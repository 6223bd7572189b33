import { drawQr } from './draw-qr.ts';

/** So many rows and columns of a terminal. */
export interface Size {
  readonly rows: number;
  readonly columns: number;
}

export interface QrScreenOptions {
  readonly stdout: NodeJS.WriteStream;
  readonly hasColour: boolean;
  /** What has to be seen together with the picture. */
  readonly beside: Size;
  draw(picture: string): void;
  /** The window has no room for it; it needs this much. */
  miss(needed: Size): void;
}

/** Codes as pictures, each as soon as the window has room for it: half of one cannot be scanned. Those of Feishu take 37 rows. */
export interface QrScreen extends Disposable {
  show(text: string): void;
  /** The code is not wanted any more, whatever becomes of the window. */
  forget(): void;
}

/** Makes a {@link QrScreen}. What is no terminal has room for any code. */
export function createQrScreen({ stdout, hasColour, beside, draw, miss }: QrScreenOptions): QrScreen {
  let onResize = () => {};
  const forget = () => void stdout.off('resize', onResize);
  const hasRoom = ({ rows, columns }: Size) =>
    !stdout.isTTY || ((stdout.rows || 24) >= rows && (stdout.columns || 80) >= columns);
  return {
    show(text) {
      forget();
      const rows = drawQr(text, false).split('\n');
      const needed = { rows: rows.length + beside.rows, columns: (rows[0]?.length ?? 0) + beside.columns };
      const picture = drawQr(text, hasColour);
      if (hasRoom(needed)) return draw(picture);
      miss(needed);
      onResize = () => {
        if (!hasRoom(needed)) return;
        forget();
        draw(picture);
      };
      stdout.on('resize', onResize);
    },
    forget,
    [Symbol.dispose]: forget,
  };
}
