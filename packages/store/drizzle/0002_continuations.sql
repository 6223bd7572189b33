CREATE TABLE `continuations` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`body` text,
	`outputs` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`forget_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `continuations_id_unique` ON `continuations` (`id`);--> statement-breakpoint
CREATE INDEX `continuations_live` ON `continuations` (`expires_at`,`size_bytes`) WHERE body is not null;--> statement-breakpoint
CREATE INDEX `continuations_gone` ON `continuations` (`forget_at`) WHERE body is null;