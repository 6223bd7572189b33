import { expect, it } from 'vitest';
import { deepFreeze, environmentLayer, type Layer, layerOf, mergeLayers } from './layers.ts';

const layer = (source: Layer['source'], value: unknown): Layer => ({ source, value });

it('merges field by field, the later layer winning', () => {
  const merged = mergeLayers([
    layer('file', { runs: { maxConcurrent: 2, duringRun: 'steer' }, language: 'zh' }),
    layer('environment', { runs: { maxConcurrent: 3 } }),
    layer('flags', { language: 'en' }),
  ]);
  expect(merged).toEqual({ runs: { maxConcurrent: 3, duringRun: 'steer' }, language: 'en' });
});

it('takes lists, secrets and logins whole', () => {
  const merged = mergeLayers([
    layer('file', {
      owners: ['a', 'b'],
      token: { source: 'keystore', id: 'x' },
      auth: { mode: 'api-key', apiKey: { source: 'env', name: 'A' } },
    }),
    layer('flags', { owners: ['c'], token: { source: 'env', name: 'T' }, auth: { mode: 'codex-home' } }),
  ]);
  expect(merged).toEqual({ owners: ['c'], token: { source: 'env', name: 'T' }, auth: { mode: 'codex-home' } });
});

it('knows the layer that gives a value, also inside a value that is taken whole', () => {
  const layers = [
    layer('file', { token: { source: 'keystore', id: 'x' }, a: { b: 1 } }),
    layer('flags', { token: { source: 'env', name: 'T' } }),
  ];
  expect(layerOf(layers, ['token', 'name'])?.source).toBe('flags');
  expect(layerOf(layers, ['a'])?.source).toBe('file');
  expect(layerOf(layers, ['a', 'c'])).toBeUndefined();
});

it('reads the native API from the environment and keeps its token a reference', () => {
  const { value, variables } = environmentLayer(
    {
      CODEX_NATIVE_API_ENABLE: 'off',
      CODEX_NATIVE_API_HOST: '127.0.0.2',
      CODEX_NATIVE_API_PORT: '9',
      CODEX_NATIVE_API_AUTH_TOKEN: 'very-secret-token',
      CODEX_NATIVE_API_DEFAULT_MODEL: '',
    },
    'work',
  );
  expect(value).toEqual({
    profiles: {
      work: {
        nativeApi: { enabled: false, host: '127.0.0.2', port: 9, token: { source: 'env', name: 'CODEX_NATIVE_API_AUTH_TOKEN' } },
      },
    },
  });
  expect(variables).toMatchObject({ 'nativeApi.port': 'CODEX_NATIVE_API_PORT' });
  expect(JSON.stringify(value)).not.toContain('very-secret-token');
});

it('says nothing where no variable is set', () => {
  expect(environmentLayer({ PATH: '/bin' }, 'default').value).toEqual({});
});

it('freezes through and through', () => {
  const frozen = deepFreeze({ a: { b: [1, { c: 2 }] } });
  expect(() => Object.assign(frozen.a.b[1] as object, { c: 3 })).toThrow(TypeError);
});
