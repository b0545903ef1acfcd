import { readFileSync } from 'node:fs';
import { STAFF_ROLES } from '@millrace/service';
import { OPENAPI_FILE } from '../openapi/render-document.js';
import { ACCESS_TABLE, accessTo, isAllowed } from './access-table.js';
import { ACCESS_FILE, renderAccess } from './render-access.js';

type Document = { paths: Record<string, Record<string, { security?: unknown[] }>> };
const { paths } = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')) as Document;
const endpoints = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { security }]) => ({
    endpoint: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    open: security?.some((one) => Object.keys(one as object).length === 0) ?? false,
  })),
);

test('SEC-13: the table has every endpoint, and no other', () => {
  expect(Object.keys(ACCESS_TABLE).sort()).toEqual(endpoints.map(({ endpoint }) => endpoint).sort());
});

test('SEC-13: open is what asks for no token, and nothing else', () => {
  const open = (list: string[]) => list.sort();
  expect(open(Object.keys(ACCESS_TABLE).filter((endpoint) => ACCESS_TABLE[endpoint]!.open))).toEqual(
    open(endpoints.filter((endpoint) => endpoint.open).map(({ endpoint }) => endpoint)),
  );
});

test('SEC-13: staff without a role, a role that there is not, and another kind of client get in nowhere', () => {
  for (const access of Object.values(ACCESS_TABLE)) {
    expect(isAllowed({ kind: 'staff', roles: [] }, access)).toBe(false);
    expect(isAllowed({ kind: 'staff', roles: ['janitor'] }, access)).toBe(false);
    expect(isAllowed({ kind: 'system', roles: [...STAFF_ROLES] }, access)).toBe(false);
  }
});

test('a partner never gets in by a role, and nobody into a route that the table has not', () => {
  expect(isAllowed({ kind: 'partner', roles: [...STAFF_ROLES] }, accessTo('GET', '/v1/review-tasks'))).toBe(false);
  expect(accessTo('GET', '/v1/nothing')).toBeUndefined();
  expect(isAllowed({ kind: 'staff', roles: ['auditor'] }, undefined)).toBe(false);
  expect(accessTo('HEAD', '/v1/products')).toBe(accessTo('GET', '/v1/products'));
});

test('T48: hits on lists are for compliance alone, and whoever talks with customers sees neither findings nor tasks', () => {
  expect(accessTo('GET', '/v1/loan-applications/:applicationId/screening')?.roles).toEqual(['compliance']);
  for (const path of ['verification', 'history', 'scores', 'screening'])
    expect(isAllowed({ kind: 'staff', roles: ['account_manager'] }, accessTo('GET', `/v1/loan-applications/:applicationId/${path}`))).toBe(false);
  expect(isAllowed({ kind: 'staff', roles: ['account_manager'] }, accessTo('GET', '/v1/review-tasks'))).toBe(false);
});

test('nobody who audits or watches compliance writes anything', () => {
  const writes = Object.entries(ACCESS_TABLE).filter(([endpoint]) => endpoint.startsWith('PUT '));
  for (const [, { roles }] of writes) expect(roles.filter((role) => role === 'auditor' || role === 'compliance')).toEqual([]);
});

test('docs/access.md is current; npm run docs:access writes it', () => {
  expect(readFileSync(ACCESS_FILE, 'utf8') === renderAccess()).toBe(true);
});
