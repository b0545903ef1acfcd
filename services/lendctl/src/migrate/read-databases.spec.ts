import { readDatabases } from './read-databases.js';

const SCHEMAS = ['gateway', 'loan_application'];
const ENVIRONMENT = {
  MILLRACE_DATABASE_URL: 'postgres://postgres:root@db:5432/postgres',
  MILLRACE_GATEWAY_DATABASE_URL: 'postgres://gateway:one%2Ftwo@db:5432/millrace',
  MILLRACE_LOAN_APPLICATION_DATABASE_URL: 'postgres://loan_application:three@db:5432/millrace',
};

describe('what the migration job makes', () => {
  it("is taken from the services' own addresses", () => {
    expect(readDatabases(SCHEMAS, ENVIRONMENT)).toEqual({
      adminUrl: 'postgres://postgres:root@db:5432/postgres',
      database: 'millrace',
      rolePassword: { gateway: 'one/two', loan_application: 'three' },
    });
  });

  it('has an event log where its address is given', () => {
    const environment = { ...ENVIRONMENT, MILLRACE_EVENT_LOG_URL: 'postgres://event_log:four@db:5432/millrace' };
    expect(readDatabases(SCHEMAS, environment).rolePassword).toMatchObject({ event_log: 'four' });
  });

  it.each([
    ['an address is missing', { MILLRACE_GATEWAY_DATABASE_URL: undefined }, /MILLRACE_GATEWAY_DATABASE_URL is not set/],
    ['the administrator is missing', { MILLRACE_DATABASE_URL: undefined }, /MILLRACE_DATABASE_URL is not set/],
    ['a role has no password', { MILLRACE_GATEWAY_DATABASE_URL: 'postgres://gateway@db/millrace' }, /MILLRACE_GATEWAY_DATABASE_URL must be/],
    ['a service would use another one’s role', { MILLRACE_GATEWAY_DATABASE_URL: 'postgres://scoring:x@db/millrace' }, /has the role "scoring"/],
    ['services name two databases', { MILLRACE_GATEWAY_DATABASE_URL: 'postgres://gateway:x@db/other' }, /several databases/],
  ])('is refused in one line where %s', (_why, change, message) => {
    expect(() => readDatabases(SCHEMAS, { ...ENVIRONMENT, ...change })).toThrow(message);
  });
});
