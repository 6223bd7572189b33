import { rowsFor } from '../decide/controls.ts';
import { type Decision, decision, say } from '../decide/decision.ts';
import { applyFacts } from '../decide/facts.ts';
import { authorizeCommand } from '../policy/authorize-command.ts';
import { languageFor } from '../policy/language-here.ts';
import { settings } from '../settings/registry.ts';
import type { Setting } from '../settings/setting.ts';
import { textsIn } from '../texts/texts.ts';
import type { Command, CommandContext } from './command.ts';

export const config: Command = {
  name: 'config',
  usage: '/config [NAME [VALUE]], /config reload',
  role: 'user',
  place: 'anywhere',
  help: { en: 'the settings that hold here; with a name and a value it changes one', zh: '查看这里的设置；带名称和值则修改' },
  decide(context) {
    const { state, texts, voice, actor, args } = context;
    const [name = '', value, ...more] = args.toLowerCase().split(/\s+/);
    if (name === '') return list(context);
    if (name === 'reload' && value === undefined) return reload(context);
    const setting = settings.find((one) => one.name === name);
    if (setting?.change === undefined) {
      const changeable = settings.filter((one) => one.change !== undefined).map((one) => one.name);
      return decision(state, say(voice, texts.settingUnknown({ name, known: changeable.join(', ') })));
    }
    const refusal = refused(context, `config ${name}`, setting.change);
    if (refusal !== undefined) return refusal;
    const { values } = setting.change;
    if (value !== undefined && more.length === 0 && values.includes(value)) return change(context, setting, value);
    const rows = values.map((one) => ({ label: one, name: 'config', args: `${name} ${one}` }));
    const told = [line(setting, context), texts.usage({ usage: `/config ${name} ${values.join('|')}` })].join('\n');
    return decision(state, say(voice, told, rowsFor(voice, actor.id, rows)));
  },
};

function list(context: CommandContext): Decision {
  const { state, voice } = context;
  const refusal = refused(context, 'config', { role: 'admin', place: 'anywhere' });
  return refusal ?? decision(state, say(voice, settings.map((setting) => `- ${line(setting, context)}`).join('\n')));
}

/** Has the program read its file again. Runs go on. */
function reload(context: CommandContext): Decision {
  const { state, actor, at, event } = context;
  const refusal = refused(context, 'config reload', { role: 'admin', place: 'private' });
  return (
    refusal ??
    decision(state, [{ type: 'host.ask', ask: { what: 'reload', by: actor.id } }], {
      audit: [{ at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome: 'reload asked', detail: {} }],
    })
  );
}

/** The change, told as it holds from now on. */
function change(context: CommandContext, setting: Setting, value: string): Decision {
  const { at, actor, event } = context;
  const made = setting.change?.to(value, context) ?? {};
  const { state = context.state, facts = [] } = made;
  const rules = { ...context.rules, facts: applyFacts(context.rules.facts, facts) };
  const language = languageFor(event.scope, actor.id, rules);
  const after = { ...context, state, rules: { ...rules, language }, texts: textsIn(language) };
  return decision(state, say({ ...context.voice, state }, line(setting, after)), {
    facts,
    audit: [
      {
        ...{ at, kind: 'config', scope: event.scope.id, actor: actor.id, outcome: 'setting changed' },
        detail: { setting: setting.name, value },
      },
    ],
  });
}

function refused(
  { state, texts, voice, role, event }: CommandContext,
  name: string,
  needs: Pick<Command, 'role' | 'place'>,
): Decision | undefined {
  const verdict = authorizeCommand({ name, ...needs }, role, event.scope);
  if (verdict.allowed) return undefined;
  const told = verdict.reason === 'place' ? texts.commandPrivate({ name }) : texts.commandRole({ name, role: needs.role });
  return decision(state, say(voice, told));
}

function line(setting: Setting, context: CommandContext): string {
  return `${setting.label[context.rules.language]}: ${setting.show(context)}`;
}
