import { Setting } from '@millrace/service';
import { IsBoolean, IsInt, IsString, Matches, Max, Min } from 'class-validator';

/** Settings of the process that boots every service. */
export class StandaloneConfig {
  @Setting({
    env: 'MILLRACE_DATA_DIR',
    description: 'Directory for everything the standalone runtime keeps; .millrace/standalone in the working directory where it is not set.',
    optional: true,
  })
  @IsString()
  dataDirectory?: string;

  @Setting({
    env: 'MILLRACE_DATABASE_URL',
    description: 'PostgreSQL URL with an administrator role; embedded PostgreSQL is started where it is not set.',
    secret: true,
    optional: true,
  })
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be a postgres:// URL' })
  databaseUrl?: string;

  @Setting({ env: 'MILLRACE_DATABASE_PORT', description: 'Port of the embedded PostgreSQL on 127.0.0.1; a free one where it is not set.', optional: true })
  @IsInt()
  @Min(1)
  @Max(65_535)
  databasePort?: number;

  @Setting({
    env: 'MILLRACE_MIN_FREE_SPACE_MB',
    description: 'Free space, in MB, without which no new embedded database is set up: it takes about 60, and its log up to 2,000 under load.',
    default: 300,
  })
  @IsInt()
  @Min(0)
  minFreeSpaceMb!: number;

  @Setting({
    env: 'MILLRACE_SAMPLE_APPLICATION',
    description: 'Whether `npm start` on an empty data directory sends one made-up firm through, so that there is a decided loan to look at: true or false.',
    default: true,
  })
  @IsBoolean()
  sampleApplication!: boolean;
}
