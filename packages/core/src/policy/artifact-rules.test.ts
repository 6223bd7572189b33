import { expect, it } from 'vitest';
import { isSensitivePath } from './artifact-rules.ts';

it.each([
  ...[
    '.env',
    '.env.local',
    'prod.env',
    'deploy/.ENV',
    'id_rsa',
    'id_ed25519.pub',
    'server.pem',
    'tls/server.key',
    'a.p12',
    'x.kdbx',
  ],
  ...['credentials', 'aws-credentials.json', 'client_secret.json', 'secrets.yaml', 'my-token.txt', 'passwords.csv', 'auth.json'],
  ...[
    '.git/config',
    '.ssh/config',
    'sub/.aws/x',
    '.npmrc',
    '.netrc',
    'terraform.tfstate.backup',
    'service-account.json',
    '.codex/a',
  ],
])('%s does not leave', (path) => {
  expect(isSensitivePath(path)).toBe(true);
});

it.each([
  ...[
    'report.pdf',
    'src/index.ts',
    'docs/environment.md',
    'keyboard.png',
    'tokenizer.py',
    'monkey.txt',
    'secretary.docx',
    'author.json',
  ],
  ...['.gitignore', 'a/b/c.csv', 'envelope.svg', '报告.xlsx'],
])('%s may leave', (path) => {
  expect(isSensitivePath(path)).toBe(false);
});
