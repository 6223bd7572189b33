/** All that this package takes of the SDK. The rest, a method for each call of the platform, would cost a second and 40 MB at each start. */
export { defaultHttpInstance, EventDispatcher, LoggerLevel, registerApp, WSClient } from '@larksuiteoapi/node-sdk';
