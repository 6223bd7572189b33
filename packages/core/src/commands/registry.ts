import { add } from './add.ts';
import { answer } from './answer.ts';
import { approve } from './approve.ts';
import { archive } from './archive.ts';
import { artifacts } from './artifacts.ts';
import { bind } from './bind.ts';
import { cd } from './cd.ts';
import { claim } from './claim.ts';
import type { Command } from './command.ts';
import { compact } from './compact.ts';
import { config } from './config.ts';
import { deny } from './deny.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { exit } from './exit.ts';
import { follow } from './follow.ts';
import { fork } from './fork.ts';
import { group } from './group.ts';
import { help } from './help.ts';
import { invite } from './invite.ts';
import { list } from './list.ts';
import { model } from './model.ts';
import { newThread } from './new.ts';
import { plan } from './plan.ts';
import { ps } from './ps.ts';
import { queue } from './queue.ts';
import { reconnect } from './reconnect.ts';
import { refresh } from './refresh.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { resume } from './resume.ts';
import { review } from './review.ts';
import { send } from './send.ts';
import { sendfile } from './sendfile.ts';
import { status } from './status.ts';
import { steer } from './steer.ts';
import { stop } from './stop.ts';
import { threads } from './threads.ts';
import { timeout } from './timeout.ts';
import { uninvite } from './uninvite.ts';
import { usage } from './usage.ts';
import { use } from './use.ts';
import { whoami } from './whoami.ts';
import { ws } from './ws.ts';

/** Every command, in the order in which help shows them. A new one is one file and one line. */
export const commands: readonly Command[] = [
  newThread,
  status,
  stop,
  steer,
  timeout,
  approve,
  deny,
  answer,
  threads,
  resume,
  refresh,
  follow,
  rename,
  fork,
  archive,
  compact,
  model,
  usage,
  add,
  bind,
  use,
  send,
  review,
  list,
  remove,
  plan,
  diff,
  artifacts,
  sendfile,
  queue,
  cd,
  ws,
  config,
  whoami,
  invite,
  uninvite,
  group,
  doctor,
  ps,
  reconnect,
  exit,
  claim,
  help,
];
