import { checkContent } from './check-content.js';

test('T42: the committed policy and tables are what the service needs, and every rule fires exactly where its examples say', async () => {
  await expect(checkContent()).resolves.toEqual([]);
});
