import type { ThreadSummary, WorkspacePath } from '@threadbridge/contract';
import { shortId } from '../texts/short-id.ts';
import { textsIn } from '../texts/texts.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Alias } from './facts.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Codex answered which threads there are. */
export function onThreadsFound(state: ScopeState, input: InputOf<'threads.found'>, rules: Rules): Decision {
  const { purpose, result, at } = input;
  const texts = textsIn(rules.language);
  const answer = (markdown: string) => decision(state, say({ state, rules, at }, markdown));
  if ('error' in result) return answer(texts.threadsFailed({ error: result.error }));
  switch (purpose.type) {
    case 'list':
      if (result.threads.length === 0) return answer(texts.threadsNone());
      return answer([texts.threadsTitle(), result.threads.map(threadLine).join('\n')].join('\n\n'));
    case 'resume':
    case 'alias.add': {
      const [thread, ...others] = result.threads;
      if (thread === undefined) return answer(texts.threadNotFound({ thread: purpose.thread }));
      if (others.length > 0) return answer(texts.threadAmbiguous({ thread: purpose.thread, count: result.threads.length }));
      if (purpose.type === 'resume') {
        const use = { type: 'thread.use', thread: thread.id, title: thread.title, by: purpose.by } as const;
        return decision(state, [{ type: 'workspace.resolve', path: thread.cwd, purpose: use }]);
      }
      const fact: Alias = {
        kind: 'alias',
        name: purpose.name,
        thread: thread.id,
        workspace: thread.cwd as WorkspacePath,
        title: thread.title,
        addedBy: purpose.by,
        addedAt: at,
      };
      const added = texts.aliasAdded({ name: fact.name, title: fact.title, cwd: fact.workspace });
      return decision(state, say({ state, rules, at }, added), { facts: [{ type: 'put', fact }] });
    }
  }
}

function threadLine(thread: ThreadSummary): string {
  const day = new Date(thread.updatedAt).toISOString().slice(0, 16).replace('T', ' ');
  const title = thread.title.replaceAll(/\s+/g, ' ').slice(0, 60);
  return `- \`${shortId(thread.id)}\` ${title} · \`${thread.cwd}\` · ${day} UTC`;
}
