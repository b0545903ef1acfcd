import { startHub } from '../../test/hub.js';

// Method: the real service is started on the table of products as somebody has left it.
const PROVIDERS = 'http://127.0.0.1:9';

test('T31: the committed products let the service start, and a row with a typing error ends the start in one line', async () => {
  const hub = await startHub(PROVIDERS);
  try {
    await hub.startAgain();
    await hub.administer(`update loan_application.product set repayment_methods = '{ballon}' where product_code = 'tax-loan'`);
    await expect(hub.startAgain()).rejects.toThrow(
      /^loan-application was not started: product tax-loan version 1: repayment_methods has ballon; .* put it right in the table loan_application\.product$/,
    );
  } finally {
    await hub.stop();
  }
});
