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
--> statement-breakpoint
CREATE TABLE `audit_head` (
	`id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `effects` ADD `pruned_at` integer;--> statement-breakpoint
CREATE INDEX `effects_bodies` ON `effects` (`settled_at`) WHERE settled_at is not null and pruned_at is null;--> statement-breakpoint
CREATE INDEX `effects_ids` ON `effects` (`settled_at`) WHERE pruned_at is not null;--> statement-breakpoint
ALTER TABLE `inbox` ADD `pruned_at` integer;--> statement-breakpoint
CREATE INDEX `inbox_bodies` ON `inbox` (`handled_at`) WHERE handled_at is not null and pruned_at is null;--> statement-breakpoint
CREATE INDEX `inbox_ids` ON `inbox` (`handled_at`) WHERE pruned_at is not null;