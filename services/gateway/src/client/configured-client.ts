import { ConfigError } from '@millrace/service';
import { plainToInstance } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsNotEmpty, IsString, Matches, MaxLength, MinLength, ValidateIf, validateSync } from 'class-validator';
import { roleProblem, STAFF_ROLES, type StaffRole } from './roles.js';

const VARIABLE = 'MILLRACE_GATEWAY_CLIENTS';
/** Form of client, tenant and partner ids. */
export const CLIENT_ID = /^[A-Za-z0-9._@-]{1,64}$/;
const MIN_SECRET_LENGTH = 16;
export const MAX_SECRET_LENGTH = 200;
const SECRET_FORM = { message: `$property must be ${MIN_SECRET_LENGTH} to ${MAX_SECRET_LENGTH} characters` };
const ROLE_FORM = { each: true, message: `roles must be of ${STAFF_ROLES.join(', ')}` };
const ID_FORM = { message: '$property must be 1 to 64 letters, digits or ._@-' };

/** A client as the setting names it. */
export class ConfiguredClient {
  @Matches(CLIENT_ID, ID_FORM) clientId!: string;
  /** At least 16 characters; never stored as it is. */
  @IsString() @MinLength(MIN_SECRET_LENGTH, SECRET_FORM) @MaxLength(MAX_SECRET_LENGTH, SECRET_FORM) clientSecret!: string;
  @IsIn(['partner', 'staff']) kind!: 'partner' | 'staff';
  @Matches(CLIENT_ID, ID_FORM) tenantId!: string;
  /** Organisation whose applications a partner's client sees; staff have none. */
  @ValidateIf(({ kind, partnerId }: ConfiguredClient) => kind === 'partner' || partnerId !== undefined)
  @IsNotEmpty()
  @Matches(CLIENT_ID, ID_FORM)
  partnerId?: string;
  @IsArray() @ArrayUnique() @IsIn(STAFF_ROLES, ROLE_FORM) roles: StaffRole[] = [];
}

/** What is wrong with a client, in one sentence that shows no secret; undefined where nothing is. */
export function checkClient(fields: ConfiguredClient): string | undefined {
  const client = plainToInstance(ConfiguredClient, fields);
  if (client.kind === 'partner' && client.partnerId === undefined)
    return 'partnerId is missing: a partner needs the id of its organisation, of which it sees the applications';
  const [error] = validateSync(client, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (error) return Object.values(error.constraints ?? {})[0] ?? `${error.property} is not valid`;
  if (client.kind === 'staff' && client.partnerId !== undefined) return 'partnerId is for partners';
  if (client.kind === 'partner' && client.roles.length > 0) return 'roles are for staff';
  return client.kind === 'staff' ? roleProblem(client.roles) : undefined;
}

/** Reads the setting; throws a one-line {@link ConfigError} that names the client and never a secret. Sorted by id, so that every instance writes in the same order. */
export function readConfiguredClients(json: string | undefined): ConfiguredClient[] {
  if (json === undefined || json.trim() === '') return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new ConfigError(`${VARIABLE} is not well-formed JSON`);
  }
  if (!Array.isArray(parsed) || parsed.some((item) => typeof item !== 'object' || item === null || Array.isArray(item)))
    throw new ConfigError(`${VARIABLE} must be a JSON array of clients`);
  const clients = parsed as ConfiguredClient[];
  for (const [index, client] of clients.entries()) {
    const problem = checkClient(client);
    if (problem) throw new ConfigError(`${VARIABLE}: client ${index + 1}: ${problem}`);
  }
  const ids = clients.map(({ clientId }) => clientId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new ConfigError(`${VARIABLE}: the client ${twice} is named twice`);
  return clients.sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
}

/** What is wrong with the setting, for the start; the cause by its name, before any port or server is asked (T47). */
export function checkConfiguredClients(json: string | undefined): string[] {
  try {
    readConfiguredClients(json);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
