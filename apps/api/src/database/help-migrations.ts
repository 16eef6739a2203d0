/** What the help centre counts. The rules of `migrations.ts` hold. */
export const helpMigrations = [
  {
    name: '0090-help-counts',
    statements: [
      `create table help_counts (
        article_id text primary key,
        readers bigint not null,
        helpful bigint not null,
        not_helpful bigint not null
      )`,
    ],
  },
];
