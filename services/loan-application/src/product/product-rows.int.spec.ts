import { contentHash } from '@millrace/contracts';
import { Database } from '@millrace/service';
import { startHub } from '../../test/hub.js';
import { Product } from './product.entity.js';
import { SHIPPED_PRODUCTS } from './shipped-products.js';

// Method: the real service is started on the table of products as somebody has left it.
const PROVIDERS = 'http://127.0.0.1:9';

test('T31, R-OP-07: the products of the migrations are those that a release names, let the service start, and a row with a typing error ends the start in one line', async () => {
  const hub = await startHub(PROVIDERS);
  try {
    const rows = await hub.service.app.get(Database).repository(Product).find();
    const byHash = (products: readonly Product[]): string[] => products.map((product) => contentHash({ ...product })).sort();
    // A release names the shipped products by these hashes.
    expect(byHash(rows)).toEqual(byHash(SHIPPED_PRODUCTS));
    await hub.startAgain();
    await hub.administer(`update loan_application.product set repayment_methods = '{ballon}' where product_code = 'tax-loan'`);
    await expect(hub.startAgain()).rejects.toThrow(
      /^loan-application was not started: product tax-loan version 1: repayment_methods has ballon; .* put it right in the table loan_application\.product$/,
    );
  } finally {
    await hub.stop();
  }
});
