import { KycAntifraudConfig } from './config.js';
import { kycAntifraud } from './kyc-antifraud.module.js';

test('T42: the committed packs and tables are what the service needs, and every rule fires exactly where its examples say', async () => {
  await expect(kycAntifraud.check(new KycAntifraudConfig(), new Date())).resolves.toEqual([]);
});
