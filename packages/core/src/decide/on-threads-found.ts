import type { ThreadSummary, WorkspacePath } from '@threadbridge/contract';
import { shortId } from '../texts/short-id.ts';
import { textsIn } from '../texts/texts.ts';
import { inline } from '../texts/visible.ts';
import { type Row, rowsFor } from './controls.ts';
import { type Decision, decision, say } from './decision.ts';
import type { Alias } from './facts.ts';
import type { InputOf } from './input.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Codex answered which threads there are. */
export function onThreadsFound(state: ScopeState, input: InputOf<'threads.found'>, rules: Rules): Decision {
  const { purpose, result, at } = input;
  const texts = textsIn(rules.language);
  const voice = { state, rules, at };
  const answer = (markdown: string) => decision(state, say(voice, markdown));
  if ('error' in result) return answer(texts.threadsFailed({ error: result.error }));
  switch (purpose.type) {
    case 'list':
      if (result.threads.length === 0) return answer(texts.threadsNone());
      return decision(
        state,
        say(
          voice,
          [texts.threadsTitle(), result.threads.map(threadLine).join('\n')].join('\n\n'),
          rowsFor(voice, purpose.by, result.threads.map(threadRow)),
        ),
      );
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
      const { name, by } = purpose;
      const use = { type: 'alias.use', name, thread: thread.id, by } as const;
      const used = purpose.isUsed ? [{ type: 'workspace.resolve', path: thread.cwd, purpose: use } as const] : [];
      return decision(state, [...say(voice, added), ...used], {
        facts: [{ type: 'put', fact }],
        audit: [{ at, kind: 'config', scope: state.scope.id, actor: by, outcome: 'alias added', detail: { alias: name } }],
      });
    }
  }
}

function threadRow({ id, title, cwd }: ThreadSummary): Row {
  return { label: inline(title).slice(0, 60), detail: inline(cwd), name: 'resume', args: id };
}

function threadLine(thread: ThreadSummary): string {
  const day = new Date(thread.updatedAt).toISOString().slice(0, 16).replace('T', ' ');
  const title = inline(thread.title.replaceAll(/\s+/g, ' ')).slice(0, 60);
  return `- \`${shortId(thread.id)}\` ${title} · \`${inline(thread.cwd)}\` · ${day} UTC`;
}
