import { expect, it } from 'vitest';
import { endpointUrl, isTrustedUrl } from './trusted-url.ts';

it.each([
  ['https://novac2c.cdn.weixin.qq.com/c2c/download?x=1', true],
  ['https://ilinkai.wechat.com/', true],
  ['https://wechat.com', true],
  ['http://novac2c.cdn.weixin.qq.com/', false],
  ['https://weixin.qq.com.evil.example/', false],
  ['https://evilweixin.qq.com/', false],
  ['https://qq.com/', false],
  ['https://weixin.qq.com:8443/', false],
  ['https://user:pass@weixin.qq.com/', false],
  ['https://127.0.0.1/', false],
  ['file:///etc/passwd', false],
  ['not a url', false],
])('%s: %s', (url, isTrusted) => {
  expect(isTrustedUrl(url, [])).toBe(isTrusted);
});

it('follows the origin that was configured, and no neighbour of it', () => {
  const configured = ['http://127.0.0.1:8080/c2c'];
  expect(isTrustedUrl('http://127.0.0.1:8080/else', configured)).toBe(true);
  expect(isTrustedUrl('http://127.0.0.1:8081/c2c', configured)).toBe(false);
  expect(isTrustedUrl('https://127.0.0.1:8080/c2c', configured)).toBe(false);
});

it('keeps the path of a base', () => {
  expect(endpointUrl('https://h/p', 'ilink/bot/x')).toBe('https://h/p/ilink/bot/x');
});
