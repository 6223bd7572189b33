export { type Expected, type Given, type GivenScope, givenScope, type When } from './given/given-scope.ts';
export { answeredElsewhere, channelFailed, deliveryAccepted, deliveryFailed, noticePosted } from './given/inputs/from-chats.ts';
export {
  agentAnswered,
  artifactTaken,
  attachmentsFetched,
  fired,
  hostAnswered,
  resolved,
  storeRestored,
  threadsFound,
} from './given/inputs/from-effects.ts';
export { action, message, pressed, recalled, tokenFor } from './given/inputs/from-people.ts';
export {
  liveOpened,
  liveRefused,
  lost,
  overdue,
  progressed,
  runHeld,
  runJoined,
  steered,
  undelivered,
  worked,
} from './given/inputs/from-runs.ts';
export { artifact, madeFile, openApproval, thread } from './given/material.ts';
export { owner, privateScope, stranger, taskScope, testRules } from './given/profile.ts';
