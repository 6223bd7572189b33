export { type CodexReport, checkCodex, type FeatureReport } from './check-codex.ts';
