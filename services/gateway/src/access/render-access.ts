import { STAFF_ROLES } from '@millrace/service';
import { ACCESS_TABLE } from './access-table.js';

/** The committed page. */
export const ACCESS_FILE = new URL('../../../../docs/access.md', import.meta.url);

/** The page of the table of access. */
export function renderAccess(): string {
  const columns = ['partner', ...STAFF_ROLES];
  const rows = Object.entries(ACCESS_TABLE).map(([endpoint, access]) => {
    const marks = access.open
      ? columns.map(() => 'open')
      : [access.partner, ...STAFF_ROLES.map((role) => access.roles.includes(role))].map((may) => (may ? 'yes' : ''));
    return `| \`${endpoint}\` | ${marks.join(' | ')} | ${access.note ?? ''} |`;
  });
  return [
    '# Who may use what',
    '',
    'Made from [access-table.ts](../services/gateway/src/access/access-table.ts) by `npm run docs:access`; a test holds the table against every endpoint and every role.',
    'Reading is `GET`, writing is `PUT`; `open` asks for no token. A role sees no more inside an answer than the last column says. Services behind the gateway ask for the same rights again.',
    'Roles that one client may not hold together are in [roles.ts](../services/gateway/src/client/roles.ts); a setting that names such a set is refused at the start.',
    '',
    `| endpoint | ${columns.join(' | ')} | inside the answer |`,
    `|---|${columns.map(() => '---').join('|')}|---|`,
    ...rows,
    '',
  ].join('\n');
}
