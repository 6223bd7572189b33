import type { Files } from '../ports/files.ts';

/** A disk that allows everything and keeps what came in under its text. */
export function createOpenFiles(): Files {
  return {
    resolveWorkspace: async (path) => ({ allowed: true, path: path as never }),
    async takeIn({ scope, name = 'file', stream }) {
      const text = await new Response(stream).text();
      const folder = `/media/${scope}`;
      const file = { path: `${folder}/${text}`, name, sizeBytes: text.length, mediaType: 'text/plain', sha256: text };
      return { isTaken: true, file, folder };
    },
    findMade: async () => [],
    takeOut: async () => ({ isTaken: false, reason: 'gone' }),
    keepText: async ({ name, mediaType, text }) => ({
      isTaken: true,
      file: { path: `/media/sent/${name}`, name, sizeBytes: text.length, mediaType, sha256: text },
    }),
  };
}
