/** Name of an obligor's row among what applications share: orders and closed loans of one obligor change it. */
export function obligorName({ tenantId, uscc }: { readonly tenantId: string; readonly uscc: string }): string {
  return `obligor ${tenantId} ${uscc}`;
}
