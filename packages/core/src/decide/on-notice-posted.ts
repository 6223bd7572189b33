import { mintCode } from '../policy/action-token.ts';
import { textsIn } from '../texts/texts.ts';
import { answeredWords } from './answer-approval.ts';
import { questionText } from './ask-approval.ts';
import { type Decision, decision, say } from './decision.ts';
import type { InputOf } from './input.ts';
import type { ElsewhereApproval } from './open-approval.ts';
import type { Rules } from './rules.ts';
import type { ScopeState } from './scope-state.ts';

/** Another conversation tells something here. Its questions can be answered here, under a code of this place. */
export function onNoticePosted(state: ScopeState, input: InputOf<'notice.posted'>, rules: Rules): Decision {
  const { from, notice, at } = input;
  const texts = textsIn(rules.language);
  const title = from.title ?? from.id;
  const known = state.elsewhere ?? [];
  switch (notice.type) {
    case 'told':
      return decision(state, say({ state, rules, at }, notice.text));
    case 'asked': {
      const own = state.phase.name === 'running' ? Object.values(state.phase.approvals) : [];
      const taken = [...own, ...known.map(({ open }) => open)].map(({ code }) => code);
      const code = mintCode(rules.tokenKey, notice.run, notice.approval.id, taken);
      const asked: ElsewhereApproval = { from, run: notice.run, open: { approval: notice.approval, code, askedAt: at } };
      const next: ScopeState = { ...state, elsewhere: [...known, asked] };
      const question = questionText(notice.approval, code, notice.sandbox, texts);
      const told = `${texts.elsewhereAsks({ title })}\n\n${question}`;
      return decision(next, say({ state: next, rules, at }, told, { purpose: 'approval' }));
    }
    case 'closed': {
      const closed = known.find(({ run, open }) => run === notice.run && open.approval.id === notice.approval);
      if (closed === undefined) return decision(state);
      const next = without(state, (each) => each === closed);
      const { code } = closed.open;
      const { answered, text } = notice;
      const told =
        answered === undefined ? texts.elsewhereClosed({ code, text }) : answeredWords(code, answered, state.scope, rules);
      return decision(next, say({ state: next, rules, at }, told));
    }
    case 'ended': {
      const next = without(state, ({ run }) => run === notice.run);
      const answer = [notice.text, notice.note].filter((part) => part !== undefined && part !== '').join('\n\n');
      const told = `${texts.elsewhereEnded({ title, status: notice.status })}\n\n${answer}`;
      return decision(next, say({ state: next, rules, at }, told, { purpose: 'final' }));
    }
  }
}

function without(state: ScopeState, isGone: (approval: ElsewhereApproval) => boolean): ScopeState {
  const { elsewhere = [], ...rest } = state;
  const left = elsewhere.filter((each) => !isGone(each));
  return left.length === 0 ? rest : { ...rest, elsewhere: left };
}
