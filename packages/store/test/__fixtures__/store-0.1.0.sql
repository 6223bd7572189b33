PRAGMA application_id = 1413637223;
CREATE TABLE __drizzle_migrations (id integer primary key, hash text not null, created_at numeric);
INSERT INTO "__drizzle_migrations" VALUES(1,'91e391938616fb91a1c1189769783441a8830c59dafc6682bc7bb67bfce12c67',1795253769140);
INSERT INTO "__drizzle_migrations" VALUES(2,'4f433f84a9c161c55260f387c97617a56704a7ca8591dc7b7063f6babede5ffe',1795257400015);
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`scope` text,
	`actor` text,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`hash` text NOT NULL
);
INSERT INTO "audit" VALUES(1,1700000000000,'run','"fake:idle"','"fake:owner"','"planned"','{"run":"fake:idle/run/1","access":"workspace","sandbox":"workspace-write","network":false,"approvals":"on-request","workspace":"/work/app","fingerprint":"937cfd785f88a473d7498400df4a9cab","because":["permissions.defaultAccess: workspace","permissions.maxAccess: workspace"]}','06f6ad1f829a5d1b59c3762f021b2ee6a0e1410f86dc434165c27da265a052ea');
INSERT INTO "audit" VALUES(2,1700000000000,'run','"fake:running"','"fake:owner"','"planned"','{"run":"fake:running/run/1","access":"workspace","sandbox":"workspace-write","network":false,"approvals":"on-request","workspace":"/work/app","fingerprint":"7dd64b8de75dc4d34496317e4206c4b4","because":["permissions.defaultAccess: workspace","permissions.maxAccess: workspace"]}','c1dac950a21bcff180047bd24d988bdc9e0bb4cc3cd33bc7e8336ea84ca5661e');
INSERT INTO "audit" VALUES(3,1700000000000,'run','"fake:asked"','"fake:owner"','"planned"','{"run":"fake:asked/run/1","access":"workspace","sandbox":"workspace-write","network":false,"approvals":"on-request","workspace":"/work/app","fingerprint":"2e510867c3672e2d8ed1b3944ffeeed8","because":["permissions.defaultAccess: workspace","permissions.maxAccess: workspace"]}','83b7f871499d24723837bf2aba7d23e9ac02226f656847735d05b87cc9cb1f7d');
CREATE TABLE `audit_head` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
INSERT INTO "audit_head" VALUES(1,3,'83b7f871499d24723837bf2aba7d23e9ac02226f656847735d05b87cc9cb1f7d');
CREATE TABLE `cursors` (
	`channel` text PRIMARY KEY NOT NULL,
	`cursor` text NOT NULL,
	`updated_at` integer NOT NULL
);
INSERT INTO "cursors" VALUES('fake','"8"',1700000000000);
CREATE TABLE `effects` (
	`seq` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`scope` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before` integer,
	`code` text,
	`committed_at` integer NOT NULL,
	`started_at` integer,
	`settled_at` integer
, `pruned_at` integer);
INSERT INTO "effects" VALUES(1,'event/fake:m1:0','fake:idle','timer','{"key":"event/fake:m1:0","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":1}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(2,'event/fake:m1:0/fired:0','fake:idle','workspace.resolve','{"key":"event/fake:m1:0/fired:0","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"effect":{"type":"workspace.resolve","path":"/work/app","purpose":{"type":"run"}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(3,'event/fake:m1:0/fired:0/resolved:0','fake:idle','run.start','{"key":"event/fake:m1:0/fired:0/resolved:0","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"effect":{"type":"run.start","run":"fake:idle/run/1","reply":{"to":"in-1"},"input":{"prompt":"say hello","workspace":"/work/app","sandbox":"workspace-write","network":false,"approvals":"on-request","instructions":"You are reached through a chat: the user reads your answers on a phone, and may not see this computer.\nAnswer in the language of the user, in short paragraphs; name files by their path instead of printing them whole.\nThe chat program shows your commands, file changes and questions for approval by itself; do not repeat them.\nDo not read or print credentials, tokens, or the files of the chat program and of Codex."},"idleTimeoutMs":600000,"wallTimeoutMs":7200000}}','done',0,NULL,NULL,1700000000000,1700000000000,1700000000000,NULL);
INSERT INTO "effects" VALUES(4,'event/fake:m1:0/fired:0/resolved:0/0/end:0','fake:idle','deliver','{"key":"event/fake:m1:0/fired:0/resolved:0/0/end:0","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"effect":{"type":"deliver","message":{"markdown":"Hello."},"reply":{"to":"in-1"},"purpose":"final","at":1700000000000}}','done',0,NULL,NULL,1700000000000,1700000000000,1700000000000,NULL);
INSERT INTO "effects" VALUES(5,'event/fake:m2:0','fake:running','timer','{"key":"event/fake:m2:0","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":1}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(6,'event/fake:m2:0/fired:0','fake:running','workspace.resolve','{"key":"event/fake:m2:0/fired:0","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"workspace.resolve","path":"/work/app","purpose":{"type":"run"}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(7,'event/fake:m2:0/fired:0/resolved:0','fake:running','run.start','{"key":"event/fake:m2:0/fired:0/resolved:0","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"run.start","run":"fake:running/run/1","reply":{"to":"in-2"},"input":{"prompt":"tidy up","workspace":"/work/app","sandbox":"workspace-write","network":false,"approvals":"on-request","instructions":"You are reached through a chat: the user reads your answers on a phone, and may not see this computer.\nAnswer in the language of the user, in short paragraphs; name files by their path instead of printing them whole.\nThe chat program shows your commands, file changes and questions for approval by itself; do not repeat them.\nDo not read or print credentials, tokens, or the files of the chat program and of Codex."},"idleTimeoutMs":600000,"wallTimeoutMs":7200000}}','started',0,NULL,NULL,1700000000000,1700000000000,NULL,NULL);
INSERT INTO "effects" VALUES(8,'event/fake:m2:0/fired:0/resolved:0/0/ask:0','fake:running','deliver','{"key":"event/fake:m2:0/fired:0/resolved:0/0/ask:0","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"deliver","message":{"markdown":"**Codex asks to run**\n\n```sh\nrm -r dist\n```\n\nin `/work/app`\n\nSandbox: workspace, network off.\n\n`/approve p5` yes · `/deny p5` no\n`/approve p5 session` yes, and the same again in this session","actions":[{"label":"Approve","token":"5EZ6KfPWjz-pFuzLVefHjp9nzsA69e9QC584fVBmuys","style":"primary"},{"label":"Approve for this session","token":"HiCsfRU1sa06fVHWZvYskyqUwpHPJ7IUtxpRlFXbbAQ"},{"label":"Deny","token":"Vlwf1fMRn-U4Ix4uAeySUwpx6DGu4L2CtLIMDSi6FxY","style":"danger"},{"label":"Deny and stop","token":"7qiYgz__fBDrMxp4qjHfzsemFEPLzMSGttlJ4Jg13SI","style":"danger"}]},"reply":{"to":"in-2"},"purpose":"approval","at":1700000000000}}','done',0,NULL,NULL,1700000000000,1700000000000,1700000000000,NULL);
INSERT INTO "effects" VALUES(9,'event/fake:m2:0/fired:0/resolved:0/0/ask:1','fake:running','timer','{"key":"event/fake:m2:0/fired:0/resolved:0/0/ask:1","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700001800000,"timer":{"name":"approval.expire","run":"fake:running/run/1","approval":"ask-1"}}}','open',0,NULL,NULL,1700000000000,NULL,NULL,NULL);
INSERT INTO "effects" VALUES(10,'event/fake:m3:0','fake:running','deliver','{"key":"event/fake:m3:0","scope":{"id":"fake:running","channel":"fake","kind":"private"},"effect":{"type":"deliver","message":{"markdown":"Waiting for the run in progress (1 in line). `/steer TEXT` puts words into it, `/stop` ends it."},"reply":{"to":"in-3"},"purpose":"reply","at":1700000000000}}','done',0,NULL,NULL,1700000000000,1700000000000,1700000000000,NULL);
INSERT INTO "effects" VALUES(11,'event/fake:m4:0','fake:asked','timer','{"key":"event/fake:m4:0","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":1}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(12,'event/fake:m4:0/fired:0','fake:asked','workspace.resolve','{"key":"event/fake:m4:0/fired:0","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"effect":{"type":"workspace.resolve","path":"/work/app","purpose":{"type":"run"}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(13,'event/fake:m4:0/fired:0/resolved:0','fake:asked','run.start','{"key":"event/fake:m4:0/fired:0/resolved:0","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"effect":{"type":"run.start","run":"fake:asked/run/1","reply":{"to":"in-4"},"input":{"prompt":"begin","workspace":"/work/app","sandbox":"workspace-write","network":false,"approvals":"on-request","instructions":"You are reached through a chat: the user reads your answers on a phone, and may not see this computer.\nAnswer in the language of the user, in short paragraphs; name files by their path instead of printing them whole.\nThe chat program shows your commands, file changes and questions for approval by itself; do not repeat them.\nDo not read or print credentials, tokens, or the files of the chat program and of Codex."},"idleTimeoutMs":600000,"wallTimeoutMs":7200000}}','open',0,NULL,NULL,1700000000000,NULL,NULL,NULL);
INSERT INTO "effects" VALUES(14,'event/fake:m5:0','fake:preparing','timer','{"key":"event/fake:m5:0","scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":1}}}','done',0,NULL,NULL,1700000000000,NULL,1700000000000,NULL);
INSERT INTO "effects" VALUES(15,'event/fake:m5:0/fired:0','fake:preparing','workspace.resolve','{"key":"event/fake:m5:0/fired:0","scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"effect":{"type":"workspace.resolve","path":"/work/app","purpose":{"type":"run"}}}','open',0,NULL,NULL,1700000000000,NULL,NULL,NULL);
INSERT INTO "effects" VALUES(16,'event/fake:m6:0','fake:collecting','timer','{"key":"event/fake:m6:0","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":1}}}','open',0,NULL,NULL,1700000000000,NULL,NULL,NULL);
INSERT INTO "effects" VALUES(17,'event/fake:m7:0','fake:collecting','timer','{"key":"event/fake:m7:0","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"effect":{"type":"timer","at":1700000000600,"timer":{"name":"quiet","round":2}}}','open',0,NULL,NULL,1700000000000,NULL,NULL,NULL);
CREATE TABLE `facts` (
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`body` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `name`)
);
CREATE TABLE `inbox` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`scope` text NOT NULL,
	`input` text NOT NULL,
	`accepted_at` integer NOT NULL,
	`handled_at` integer
, `pruned_at` integer);
INSERT INTO "inbox" VALUES(1,'event/fake:m1','fake:idle','{"type":"message.received","id":"event/fake:m1","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m1","message":"in-1","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"say hello","attachments":[],"isAddressed":true,"reply":{"to":"in-1"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(2,'event/fake:m1:0/fired','fake:idle','{"type":"timer.fired","id":"event/fake:m1:0/fired","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000600,"timer":{"name":"quiet","round":1}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(3,'event/fake:m1:0/fired:0/resolved','fake:idle','{"type":"workspace.resolved","id":"event/fake:m1:0/fired:0/resolved","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000000,"purpose":{"type":"run"},"asked":"/work/app","result":{"allowed":true,"path":"/work/app"}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(4,'event/fake:m1:0/fired:0/resolved:0/0/thread','fake:idle','{"type":"run.progressed","id":"event/fake:m1:0/fired:0/resolved:0/0/thread","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:idle/run/1","event":{"type":"thread.started","thread":"thread-old","isNew":true}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(5,'event/fake:m1:0/fired:0/resolved:0/0/turn','fake:idle','{"type":"run.progressed","id":"event/fake:m1:0/fired:0/resolved:0/0/turn","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:idle/run/1","event":{"type":"turn.started","turn":"turn-old"}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(6,'event/fake:m1:0/fired:0/resolved:0/0/end','fake:idle','{"type":"run.progressed","id":"event/fake:m1:0/fired:0/resolved:0/0/end","scope":{"id":"fake:idle","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:idle/run/1","event":{"type":"turn.completed","turn":"turn-old","text":"Hello."}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(7,'event/fake:m2','fake:running','{"type":"message.received","id":"event/fake:m2","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m2","message":"in-2","scope":{"id":"fake:running","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"tidy up","attachments":[],"isAddressed":true,"reply":{"to":"in-2"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(8,'event/fake:m2:0/fired','fake:running','{"type":"timer.fired","id":"event/fake:m2:0/fired","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000600,"timer":{"name":"quiet","round":1}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(9,'event/fake:m2:0/fired:0/resolved','fake:running','{"type":"workspace.resolved","id":"event/fake:m2:0/fired:0/resolved","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"purpose":{"type":"run"},"asked":"/work/app","result":{"allowed":true,"path":"/work/app"}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(10,'event/fake:m2:0/fired:0/resolved:0/0/thread','fake:running','{"type":"run.progressed","id":"event/fake:m2:0/fired:0/resolved:0/0/thread","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:running/run/1","event":{"type":"thread.started","thread":"thread-cut","isNew":true}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(11,'event/fake:m2:0/fired:0/resolved:0/0/turn','fake:running','{"type":"run.progressed","id":"event/fake:m2:0/fired:0/resolved:0/0/turn","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:running/run/1","event":{"type":"turn.started","turn":"turn-cut"}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(12,'event/fake:m2:0/fired:0/resolved:0/0/ask','fake:running','{"type":"run.progressed","id":"event/fake:m2:0/fired:0/resolved:0/0/ask","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"run":"fake:running/run/1","event":{"type":"approval.requested","approval":{"id":"ask-1","kind":"command","command":"rm -r dist","cwd":"/work/app","offered":["accept","acceptForSession","decline","cancel"]}}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(13,'event/fake:m3','fake:running','{"type":"message.received","id":"event/fake:m3","scope":{"id":"fake:running","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m3","message":"in-3","scope":{"id":"fake:running","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"and then?","attachments":[],"isAddressed":true,"reply":{"to":"in-3"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(14,'event/fake:m4','fake:asked','{"type":"message.received","id":"event/fake:m4","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m4","message":"in-4","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"begin","attachments":[],"isAddressed":true,"reply":{"to":"in-4"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(15,'event/fake:m4:0/fired','fake:asked','{"type":"timer.fired","id":"event/fake:m4:0/fired","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"at":1700000000600,"timer":{"name":"quiet","round":1}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(16,'event/fake:m4:0/fired:0/resolved','fake:asked','{"type":"workspace.resolved","id":"event/fake:m4:0/fired:0/resolved","scope":{"id":"fake:asked","channel":"fake","kind":"private"},"at":1700000000000,"purpose":{"type":"run"},"asked":"/work/app","result":{"allowed":true,"path":"/work/app"}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(17,'event/fake:m5','fake:preparing','{"type":"message.received","id":"event/fake:m5","scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m5","message":"in-5","scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"prepare","attachments":[],"isAddressed":true,"reply":{"to":"in-5"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(18,'event/fake:m5:0/fired','fake:preparing','{"type":"timer.fired","id":"event/fake:m5:0/fired","scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"at":1700000000600,"timer":{"name":"quiet","round":1}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(19,'event/fake:m6','fake:collecting','{"type":"message.received","id":"event/fake:m6","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m6","message":"in-6","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"one","attachments":[],"isAddressed":true,"reply":{"to":"in-6"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(20,'event/fake:m7','fake:collecting','{"type":"message.received","id":"event/fake:m7","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m7","message":"in-7","scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"two","attachments":[],"isAddressed":true,"reply":{"to":"in-7"},"at":1700000000000}}',1700000000000,1700000000000,NULL);
INSERT INTO "inbox" VALUES(21,'event/fake:m8','fake:inbox','{"type":"message.received","id":"event/fake:m8","scope":{"id":"fake:inbox","channel":"fake","kind":"private"},"at":1700000000000,"event":{"type":"message.received","id":"m8","message":"in-8","scope":{"id":"fake:inbox","channel":"fake","kind":"private"},"actor":{"id":"fake:owner","name":"Olga"},"text":"unread","attachments":[],"isAddressed":true,"reply":{"to":"in-8"},"at":1700000000000}}',1700000000000,NULL,NULL);
CREATE TABLE `lease` (
	`id` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`holder` text,
	`heartbeat_at` integer NOT NULL
);
INSERT INTO "lease" VALUES(1,1,NULL,1700000000000);
CREATE TABLE `scopes` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL
);
INSERT INTO "scopes" VALUES('fake:idle','{"v":1,"scope":{"id":"fake:idle","channel":"fake","kind":"private"},"runs":1,"rounds":1,"phase":{"name":"idle"},"pending":[],"reply":{"to":"in-1"},"bindings":{"937cfd785f88a473d7498400df4a9cab":{"thread":"thread-old","workspace":"/work/app"}},"seen":{"thread-old":"turn-old"}}',1700000000000);
INSERT INTO "scopes" VALUES('fake:running','{"v":1,"scope":{"id":"fake:running","channel":"fake","kind":"private"},"runs":1,"rounds":1,"phase":{"name":"running","run":"fake:running/run/1","fingerprint":"7dd64b8de75dc4d34496317e4206c4b4","workspace":"/work/app","prompts":[{"event":"m2","message":"in-2","actor":"fake:owner","name":"Olga","text":"tidy up","at":1700000000000}],"startedAt":1700000000000,"approvals":{"ask-1":{"approval":{"id":"ask-1","kind":"command","command":"rm -r dist","cwd":"/work/app","offered":["accept","acceptForSession","decline","cancel"]},"code":"p5","askedAt":1700000000000}},"thread":"thread-cut","turn":"turn-cut"},"pending":[{"event":"m3","message":"in-3","actor":"fake:owner","name":"Olga","text":"and then?","at":1700000000000}],"reply":{"to":"in-3"},"bindings":{"7dd64b8de75dc4d34496317e4206c4b4":{"thread":"thread-cut","workspace":"/work/app"}},"seen":{"thread-cut":"turn-cut"}}',1700000000000);
INSERT INTO "scopes" VALUES('fake:asked','{"v":1,"scope":{"id":"fake:asked","channel":"fake","kind":"private"},"runs":1,"rounds":1,"phase":{"name":"running","run":"fake:asked/run/1","fingerprint":"2e510867c3672e2d8ed1b3944ffeeed8","workspace":"/work/app","prompts":[{"event":"m4","message":"in-4","actor":"fake:owner","name":"Olga","text":"begin","at":1700000000000}],"startedAt":1700000000000,"approvals":{}},"pending":[],"reply":{"to":"in-4"},"bindings":{}}',1700000000000);
INSERT INTO "scopes" VALUES('fake:preparing','{"v":1,"scope":{"id":"fake:preparing","channel":"fake","kind":"private"},"runs":0,"rounds":1,"phase":{"name":"preparing"},"pending":[{"event":"m5","message":"in-5","actor":"fake:owner","name":"Olga","text":"prepare","at":1700000000000}],"reply":{"to":"in-5"},"bindings":{}}',1700000000000);
INSERT INTO "scopes" VALUES('fake:collecting','{"v":1,"scope":{"id":"fake:collecting","channel":"fake","kind":"private"},"runs":0,"rounds":2,"phase":{"name":"collecting","round":2},"pending":[{"event":"m6","message":"in-6","actor":"fake:owner","name":"Olga","text":"one","at":1700000000000},{"event":"m7","message":"in-7","actor":"fake:owner","name":"Olga","text":"two","at":1700000000000}],"reply":{"to":"in-7"},"bindings":{}}',1700000000000);
CREATE UNIQUE INDEX `effects_key_unique` ON `effects` (`key`);
CREATE INDEX `effects_open` ON `effects` (`seq`) WHERE settled_at is null;
CREATE UNIQUE INDEX `inbox_id_unique` ON `inbox` (`id`);
CREATE INDEX `inbox_waiting` ON `inbox` (`seq`) WHERE handled_at is null;
CREATE INDEX `effects_bodies` ON `effects` (`settled_at`) WHERE settled_at is not null and pruned_at is null;
CREATE INDEX `effects_ids` ON `effects` (`settled_at`) WHERE pruned_at is not null;
CREATE INDEX `inbox_bodies` ON `inbox` (`handled_at`) WHERE handled_at is not null and pruned_at is null;
CREATE INDEX `inbox_ids` ON `inbox` (`handled_at`) WHERE pruned_at is not null;
