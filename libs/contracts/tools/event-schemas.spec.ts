import { acceptsPayload, allEventClasses, describeEvent, isValidResidentId, versionedType, type EventClass } from '../src/index.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EventSchemas } from './event-schema.js';
import { resolve, type EventSchema, type JsonSchema } from './json-schema.js';
import { fileName, jsonFiles, readText, refusals, RELEASED_SCHEMAS, SAMPLES, SCHEMAS, toText } from './schema-files.js';
import { changedSamples } from './changed-samples.js';

const generator = new EventSchemas();
const events = allEventClasses().map((eventClass) => ({ eventClass, name: eventClass.name, schema: generator.of(eventClass) }));
const schemas = events.map(({ schema }) => schema);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-topic', 'x-key', 'x-open'] });
addFormats.default(ajv);

const sampleText = (schema: EventSchema): string => readText(SAMPLES, fileName(schema)) ?? '';
const instanceOf = (eventClass: EventClass, wire: object): object => plainToInstance(eventClass as unknown as new () => object, wire);

/** Names of all fields, nested ones too, as paths: `facts.invoices.sha256`, `reasons[].code`. */
function fieldPaths(schema: JsonSchema, root: EventSchema, path = ''): string[] {
  const { schema: own } = resolve(schema, root);
  const nested = own.items ? fieldPaths(own.items, root, `${path}[]`) : [];
  const fields = Object.entries(own.properties ?? {}).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [at, ...fieldPaths(field, root, at)];
  });
  return [...fields, ...nested];
}

function valuePaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuePaths(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [at, ...valuePaths(field, at)];
  });
}

/** The same with a field more in every object, one of them with the name that reaches an object's prototype. */
function withForeignFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withForeignFields);
  if (typeof value !== 'object' || value === null) return value;
  const larger = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withForeignFields(field)]));
  return Object.defineProperty({ ...larger, foreign: { deep: 1 } }, '__proto__', { value: { foreign: 1 }, enumerable: true, configurable: true });
}

describe('schemas', () => {
  test.each(events)('schema of $name is the committed one', ({ schema }) => {
    const hint = 'run npm run schemas';
    expect({ hint, text: readText(SCHEMAS, fileName(schema)) }).toEqual({ hint, text: toText(schema) });
  });

  test('a class that was released and is gone is told, with what to do', () => {
    const gone = schemas.find((schema) => fileName(schema).includes('.disbursement.failed.'))!;
    const others = schemas.filter((schema) => schema !== gone);
    expect(refusals(RELEASED_SCHEMAS, others)).toEqual([
      `${fileName(gone).replace('dev.millrace.', '')}: the class is gone, and the log keeps its events for good. Keep the class as it was and add a v2 class beside it.`,
    ]);
  });

  test('every schema and every sample has its class', () => {
    const names = schemas.map(fileName).sort();
    expect(jsonFiles(SCHEMAS)).toEqual(names);
    expect(jsonFiles(SAMPLES)).toEqual(names);
  });

  test.each(events)('$name: topic, key and version are those of its descriptor, and the key is an id that is always there', ({ eventClass, schema }) => {
    const { topic, keyField, version, type } = describeEvent(eventClass);
    expect(schema).toMatchObject({
      'x-topic': topic,
      'x-key': keyField,
      $id: `https://millrace.localhost/v1/event-schemas/${versionedType({ type, version })}.json`,
    });
    expect(schema.required).toContain(keyField);
    expect(schema.properties[keyField]).toMatchObject({ format: 'uuid' });
  });
});

describe('samples', () => {
  test.each(events)('sample of $name agrees with schema and class, names every field, and comes back from the class to the byte', ({ eventClass, schema }) => {
    const text = sampleText(schema);
    const wire = JSON.parse(text) as object;
    const validate = ajv.compile(schema);
    expect([validate(wire), validate.errors]).toEqual([true, null]);
    const instance = instanceOf(eventClass, wire);
    expect(validateSync(instance, { whitelist: true, forbidNonWhitelisted: true })).toEqual([]);
    expect(toText(instance)).toBe(text);
    expect(toText(new (eventClass as new (fields: object) => object)(wire))).toBe(text);
    expect(new Set(valuePaths(wire))).toEqual(new Set(fieldPaths(schema, schema)));
  });

  test.each(events)('$name: schema and class judge every spoiled sample alike, as a writer and as a reader', ({ eventClass, schema }) => {
    const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
    const disagreements = [...changedSamples(JSON.parse(sampleText(schema)) as object)].flatMap(({ path, value, wire }) => {
      const valid = (strictGroups: boolean): boolean =>
        validateSync(instanceOf(eventClass, structuredClone(wire)), { whitelist: true, forbidNonWhitelisted: false, strictGroups }).length === 0;
      const [written, read] = [valid(false), valid(true)];
      const compiled = acceptsPayload(eventClass, structuredClone(wire), 'drop');
      return written === validate(wire) && read === compiled ? [] : [`${path} = ${JSON.stringify(value)}: class ${read ? 'takes' : 'refuses'} it`];
    });
    expect(disagreements).toEqual([]);
  });

  test.each(events)('$name: a field that the class does not have is refused or dropped, at every depth', ({ eventClass, schema }) => {
    const wire = JSON.parse(sampleText(schema)) as object;
    expect(acceptsPayload(eventClass, wire, 'refuse')).toBe(true);
    const larger = withForeignFields(wire) as object;
    expect(acceptsPayload(eventClass, larger, 'refuse')).toBe(false);
    expect(acceptsPayload(eventClass, larger, 'drop')).toBe(true);
    expect(larger).toEqual(wire);
    expect(larger).not.toHaveProperty('__proto__.foreign');
  });
});

describe('personal data', () => {
  const FORBIDDEN =
    /name$|^names?|idNumber|residentId|identityNumber|passport|mobile|phone|email|mail$|wechat|accountNumber|accountNo|bankAccount|cardNumber|iban|address|birth|gender|nationality|photo|image|biometr|fingerprint|latitude|longitude|deviceId|^ip$|ipAddress/i;
  /** Fields that sound like a person's and are none. */
  const HARMLESS = new Set(['LimitCap.name']);

  test('no schema has a field for a natural person (R-LE-01)', () => {
    const suspicious = schemas.flatMap((schema) =>
      Object.entries({ [schema.title]: schema as JsonSchema, ...schema.$defs }).flatMap(([owner, { properties = {} }]) =>
        Object.keys(properties)
          .filter((field) => FORBIDDEN.test(field) && !HARMLESS.has(`${owner}.${field}`))
          .map((field) => `${schema.title}: ${owner}.${field}`),
      ),
    );
    expect(suspicious).toEqual([]);
  });

  test('no sample holds a resident id, a mobile number or an address of mail', () => {
    for (const schema of schemas) {
      const texts = sampleText(schema).match(/[^"\s]+/g) ?? [];
      expect(texts.filter((text) => isValidResidentId(text) || /^(\+?86)?1[3-9]\d{9}$/.test(text) || /\S@\S+\.\S/.test(text))).toEqual([]);
    }
  });
});
