import { gateway } from '@millrace/gateway';
import { scoring } from '@millrace/scoring';
import type { ServiceDefinition } from '@millrace/service';
import { QuietInstallation } from '../../test/quiet-installation.js';

// Goal: a lendctl of before does nothing to an installation that a newer version has prepared (T62).
let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([gateway, scoring] as unknown as ServiceDefinition[]);
});
afterAll(() => installation.close());

test('T62: commands that look and commands that change end in one line where one service’s schema is newer, and the schema stays as it is', async () => {
  expect((await installation.lendctl('lag')).exitCode).toBe(0);
  await installation.sql('scoring', `insert into schema_migration (name, sha256) values ('9999_of_tomorrow.sql', 'x')`);
  for (const args of [['lag'], ['events', '--application', '0199d0c0-0000-7000-8000-000000000000'], ['rebuild', '--model', 'timeline', '--yes']]) {
    const { exitCode, err, out } = await installation.lendctl(...args);
    expect([exitCode, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(
        /^error: the schema scoring has the migration 9999_of_tomorrow\.sql, which this version does not know: .* start that version, .*\n$/,
      ),
    ]);
  }
  expect(await installation.sql('gateway', 'select 1 from operator_action')).toEqual([]);
  await installation.sql('scoring', `delete from schema_migration where name = '9999_of_tomorrow.sql'`);
  expect((await installation.lendctl('lag')).exitCode).toBe(0);
});
