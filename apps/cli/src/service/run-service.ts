import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GatewayError } from '@threadbridge/contract';
import { askControl, loadConfig, readGatewayState, resolveProfile } from '@threadbridge/gateway';
import type { ServiceOptions } from '../commands/service.ts';
import { exitCode } from '../exit-code.ts';
import { type Io, writeLine } from '../io.ts';
import { describeState } from '../status/describe-state.ts';
import type { Texts } from '../texts/texts.ts';
import { toLoadOptions } from '../to-load-options.ts';
import { planOf } from './plan-of.ts';
import type { Commands, ServicePlan } from './service-plan.ts';

export type ServiceVerb = 'install' | 'uninstall' | 'start' | 'stop' | 'restart' | 'status';

/** Makes a profile a service of this system, or speaks with the one it is. Answers with the exit code. */
export async function runService(verb: ServiceVerb, options: ServiceOptions, io: Io): Promise<number> {
  const profile = resolveProfile(await loadConfig(toLoadOptions(options, io)));
  const plan = planOf(profile, options, io);
  const run = (commands: Commands) => runAll(commands, plan, options, io);
  switch (verb) {
    case 'install':
      await install(plan, options, io);
      return told(options, io, plan, io.texts.service.installed(plan));
    case 'uninstall':
      if (!options.dryRun && !existsSync(plan.file)) return told(options, io, plan, io.texts.service.notInstalled);
      await run(plan.uninstall);
      if (!options.dryRun) await rm(plan.file, { force: true });
      return told(options, io, plan, io.texts.service.uninstalled(profile.paths.home));
    case 'start':
    case 'stop':
      refuseUninstalled(plan, options, io.texts);
      await run(plan[verb]);
      return told(options, io, plan, verb === 'start' ? io.texts.service.started : io.texts.service.stopped);
    case 'restart':
      refuseUninstalled(plan, options, io.texts);
      // The manager starts another one; what runs in Codex goes on.
      if (options.dryRun || (await askControl(profile.paths, 'leave')) === undefined) await run([...plan.stop, ...plan.start]);
      return told(options, io, plan, io.texts.service.restarting);
    case 'status': {
      const state = await readGatewayState(profile);
      const isInstalled = existsSync(plan.file);
      if (options.json) writeLine(io.stdout, JSON.stringify({ manager: plan.manager, file: plan.file, isInstalled, ...state }));
      else {
        writeLine(io.stdout, isInstalled ? io.texts.service.installed(plan) : io.texts.service.notInstalled);
        for (const line of describeState(state, Date.now(), io.texts)) writeLine(io.stdout, line);
      }
      return exitCode.done;
    }
  }
}

/** Where the manager refuses, nothing stays that was not there before. */
async function install(plan: ServicePlan, options: ServiceOptions, io: Io): Promise<void> {
  const wasThere = existsSync(plan.file);
  await place(plan, options, io);
  try {
    await runAll(plan.install, plan, options, io);
  } catch (error) {
    if (!wasThere) {
      await runAll(plan.uninstall, plan, options, io).catch(() => undefined);
      await rm(plan.file, { force: true });
    }
    throw error;
  }
}

async function place({ file, text }: ServicePlan, { dryRun, json }: ServiceOptions, io: Io): Promise<void> {
  if (!dryRun) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: 0o644 });
  } else if (!json) writeLine(io.stdout, `# ${file}\n${text}`);
}

async function runAll(commands: Commands, plan: ServicePlan, { dryRun, json }: ServiceOptions, io: Io): Promise<void> {
  for (const [program, ...args] of commands) {
    if (dryRun) {
      if (!json) writeLine(io.stdout, `$ ${[program, ...args].join(' ')}`);
      continue;
    }
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 1_000);
    });
    const code = await Promise.race([
      once(child, 'close').then(([ended]) => ended as number | null),
      once(child, 'error').then(([error]) => {
        complaint = String(error);
        return null;
      }),
    ]);
    if (code !== 0) throw failed(plan, [program, ...args], complaint, io.texts);
  }
}

function told({ json, dryRun }: ServiceOptions, io: Io, plan: ServicePlan, words: string): number {
  const { manager, file, text } = plan;
  if (json) writeLine(io.stdout, JSON.stringify({ manager, file, ...(dryRun && { text }), isDone: !dryRun }));
  else writeLine(io.stdout, dryRun ? io.texts.service.nothingChanged : words);
  return exitCode.done;
}

function refuseUninstalled({ file }: ServicePlan, { dryRun }: ServiceOptions, { service }: Texts): void {
  if (dryRun || existsSync(file)) return;
  throw new GatewayError('config.invalid', service.refused, {
    remedy: service.refusedRemedy,
    certain: true,
  });
}

function failed({ manager }: ServicePlan, words: readonly string[], said: string, { service }: Texts): GatewayError {
  const message = service.failed({ manager, command: words.join(' '), complaint: said.trim() });
  return new GatewayError('host.refused', message, { remedy: service.failedRemedy });
}
