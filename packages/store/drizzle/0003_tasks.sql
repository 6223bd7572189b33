CREATE TABLE `task_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`task` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_entries_key_unique` ON `task_entries` (`key`);--> statement-breakpoint
CREATE INDEX `task_entries_task` ON `task_entries` (`task`,`kind`,`seq`);--> statement-breakpoint
CREATE INDEX `task_entries_kind` ON `task_entries` (`kind`,`seq`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`due_at` integer,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_id_unique` ON `tasks` (`id`);--> statement-breakpoint
CREATE INDEX `tasks_due` ON `tasks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `tasks_done` ON `tasks` (`updated_at`) WHERE due_at is null;