import { allEventClasses, describeEvent, versionedType } from '@millrace/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RunningGateway } from '../../test/running-gateway.js';

const INSTALLATION = 'https://lender.example/lending/';
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start('http://127.0.0.1:1', { MILLRACE_INSTALLATION_URL: INSTALLATION });
});
afterAll(() => gateway?.stop());

test('every event type has a schema that is served without a token, under the address that events name, with that address as its id', async () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-topic', 'x-key', 'x-open'] });
  addFormats.default(ajv);
  for (const eventClass of allEventClasses()) {
    const path = `v1/event-schemas/${versionedType(describeEvent(eventClass))}.json`;
    const { status, headers, body } = await gateway.send('GET', `/${path}`);
    expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'public, max-age=3600']);
    expect(body).toMatchObject({ $id: `${INSTALLATION}${path}`, title: eventClass.name });
    expect(ajv.validateSchema(body)).toBe(true);
  }
});

test.each(['nothing.v1.json', 'dev.millrace.lending.scoring.computed.v1', '..%2Fpackage.json', '..%2Freleased%2Flending.scoring.computed.v1.json', '.json'])(
  'a name that is no schema, %s, is not found',
  async (name) => {
    const { status, body } = await gateway.send('GET', `/v1/event-schemas/${name}`);
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  },
);
