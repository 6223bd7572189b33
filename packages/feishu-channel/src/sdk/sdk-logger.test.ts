import { expect, it } from 'vitest';
import { toSafe } from './sdk-logger.ts';

it('lets nothing through in which a secret or a text can hide', () => {
  const error = Object.assign(new Error('Request failed'), {
    code: 'ERR_BAD_REQUEST',
    config: {
      data: '{"app_id":"cli_a","app_secret":"S3cretS3cretS3cretS3cret"}',
      headers: { Authorization: 'Bearer t-abcdef0123456789' },
    },
    response: { status: 400, data: { code: 230001, msg: 'bad content: my private words' } },
  });
  const lines = [
    ...toSafe([error]),
    ...toSafe(['[ws]', 'get connect config success, ws url: wss://h/ws?device_id=1&ticket=abcdef0123456789abcd&service_id=2']),
    ...toSafe(['use t-abcdef0123456789 with S3cretS3cretS3cretS3cret', { content: 'my private words' }]),
    ...toSafe(['send {"text":"my private words"}']),
  ].join('\n');
  for (const secret of ['S3cret', 't-abcdef', 'abcdef0123456789abcd', 'private', 'Bearer']) expect(lines).not.toContain(secret);
  expect(lines).toContain('ERR_BAD_REQUEST 400 230001');
});
