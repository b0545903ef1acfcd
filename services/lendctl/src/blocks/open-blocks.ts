import { proposeCommand, TaskRefused } from '@millrace/tasks';
import { OperatorError } from '../trouble/operator-error.js';
import { table } from '../command/print-table.js';
import type { Installation } from '../installation/installation.js';

const SERVICE = 'loan-application';
const KIND = 'firm-block';

/** A block in force: a date, and nothing of its cause. */
export interface Block {
  readonly blockId: string;
  readonly tenantId: string;
  readonly uscc: string;
  readonly blockedUntil: Date;
}

const READ = `select block_id as "blockId", tenant_id as "tenantId", uscc, blocked_until as "blockedUntil" from firm_block
  where lifted_at is null and blocked_until > $1 and ($2::text is null or uscc = $2) order by blocked_until, block_id`;

/** Blocks in force, of all firms or of one. */
export async function readBlocks(installation: Installation, uscc?: string): Promise<Block[]> {
  return (await installation.pool(SERVICE).query<Block>(READ, [installation.clock.now(), uscc ?? null])).rows;
}

export function blocksAsTable(blocks: readonly Block[]): string {
  if (blocks.length === 0) return 'No firm is blocked.';
  return table(
    ['block', 'tenant', 'firm', 'until'],
    blocks.map(({ blockId, tenantId, uscc, blockedUntil }) => [blockId, tenantId, uscc, blockedUntil.toISOString()]),
  );
}

/** Opens the question with the first name's proposal; a second name confirms it (R-UW-05). */
export async function liftBlock(
  installation: Installation,
  blockId: string,
  { reason, comment, by }: { readonly reason: string; readonly comment?: string | undefined; readonly by: string },
): Promise<'proposed' | 'confirmed'> {
  const block = (await readBlocks(installation)).find((known) => known.blockId === blockId);
  if (!block) throw new OperatorError(`there is no block ${blockId} in force; see lendctl blocks list`);
  const kind = (await installation.definition(SERVICE)).taskKinds?.find(({ kind: known }) => known.kind === KIND)?.kind;
  if (!kind) throw new OperatorError(`this version of lendctl does not know the kind ${KIND}; use the one of the running ${SERVICE}`);
  const now = installation.clock.now();
  try {
    return await installation.runner(SERVICE).run({ actor: { kind: 'system', id: 'lendctl' }, causationId: blockId }, async (tx) => {
      const facts = { uscc: block.uscc, blockedUntil: block.blockedUntil.toISOString() };
      const question = { subjectId: blockId, subject: { blockId }, tenantId: block.tenantId, facts };
      const command = { decision: 'lift', parameters: {}, reason, comment, by: { name: by, roles: 'operator' } } as const;
      const { kind: said } = await proposeCommand(tx, kind, question, command, now);
      return said === 'decided' ? 'confirmed' : 'proposed';
    });
  } catch (error) {
    if (error instanceof TaskRefused) throw new OperatorError(error.message, { cause: error });
    throw error;
  }
}
