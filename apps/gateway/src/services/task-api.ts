import type { Scope, ScopeId } from '@threadbridge/contract';
import type { ScopeState } from '@threadbridge/core';
import { createTaskHttp, createTaskMcpHttp, createTaskService, type TaskPeek, type WebhookTarget } from '@threadbridge/task-api';
import { isFromPerson } from '../person-proof.ts';
import type { Service, ServiceContext } from './registry.ts';

/** Tasks of other programs, under `/tasks` and `/mcp` of the local port. */
export const taskApi: Service = {
  name: 'taskApi',
  async start(context) {
    const { settings, paths, store, files, web, logger, clock } = context;
    const { mayApprove } = settings.taskApi;
    const tasks = createTaskService({
      store: store.tasks,
      peek: async (scope) => toPeek(await store.loadScope(scope)),
      findChat: (name) => findChat(name, context),
      checkWorkspace: (path) => files.resolveWorkspace(path, settings.language),
      webhooks: await readWebhooks(context),
      ...{ mayApprove, clock, logger },
    });
    const { api, channel, program, person } = tasks;
    const http = createTaskHttp({
      api,
      callerOf: async (request) => ((await isFromPerson(request, paths)) ? 'person' : 'program'),
    });
    const mcp = createTaskMcpHttp({ api });
    web.mount('/tasks', 'token', http.fetch);
    web.mount('/mcp', 'token', mcp.fetch);
    const stopping = new AbortController();
    const notices = tasks.run(stopping.signal).catch((error: unknown) => {
      logger.error({ error }, 'notices of tasks are not sent any more');
    });
    return {
      ready: {},
      channels: [{ channel, owner: person.id }],
      programs: [program.id],
      async stop() {
        stopping.abort();
        await notices;
      },
    };
  },
};

function toPeek(state: ScopeState | undefined): TaskPeek | undefined {
  if (state === undefined) return undefined;
  const { phase } = state;
  switch (phase.name) {
    case 'running':
      return {
        phase: 'running',
        ...(phase.thread !== undefined && { thread: phase.thread }),
        requests: Object.values(phase.approvals)
          .filter(({ answered }) => answered === undefined)
          .map(({ approval, code, askedAt }) => ({ approval, code, askedAt })),
      };
    case 'idle':
    case 'preparing':
      return { phase: phase.name, requests: [] };
    default:
      return { phase: 'collecting', requests: [] };
  }
}

/** The private chat of an owner, by the name of its channel or of the owner; only where that owner was heard before. */
async function findChat(name: string, { store }: Pick<ServiceContext, 'store'>): Promise<Scope | undefined> {
  for (const fact of await store.loadFacts()) {
    if (fact.kind !== 'home') continue;
    const names: readonly string[] = [fact.name, fact.addedBy, fact.scope.id satisfies ScopeId];
    if (names.includes(name)) return fact.scope;
  }
  return undefined;
}

async function readWebhooks({ settings, secrets }: ServiceContext): Promise<Readonly<Record<string, WebhookTarget>>> {
  const targets = Object.entries(settings.taskApi.webhooks).map(async ([name, { url, secret }]) => {
    const key = await secrets.read(secret, `taskApi.webhooks.${name}.secret`);
    return [name, { url, secret: key.reveal() }] as const;
  });
  return Object.fromEntries(await Promise.all(targets));
}
