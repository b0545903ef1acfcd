import { defineService } from '@millrace/service';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AnswerOnce } from './answer/answer-once.js';
import { AccountVerificationController } from './bank/account-verification.controller.js';
import { PayoutBook } from './bank/payout-book.js';
import { PayoutController } from './bank/payout.controller.js';
import { PostCallbacks } from './bank/post-callbacks.js';
import { BureauController } from './bureau/bureau.controller.js';
import { CaseController } from './case/case.controller.js';
import { ProviderSandboxConfig } from './config.js';
import { CourtController } from './courts/court.controller.js';
import { DataSetController } from './data-set/data-set.controller.js';
import { DataSets } from './data-set/data-sets.js';
import { FileInspector } from './data-set/file-inspector.js';
import { Certificates } from './esign/certificates.js';
import { SignatureController } from './esign/signature.controller.js';
import { CounterController } from './fault/counter.controller.js';
import { FaultController } from './fault/fault.controller.js';
import { Faults } from './fault/faults.js';
import { FindFirm } from './firm/find-firm.js';
import { FirmController } from './firm/firm.controller.js';
import { ListFirms } from './firm/list-firms.js';
import { MadeFirms } from './firm/made-firms.js';
import { MakeFirms } from './firm/make-firms.js';
import { IdentityController } from './identity/identity.controller.js';
import { InvoiceBatches } from './invoice/invoice-batches.js';
import { InvoiceController } from './invoice/invoice.controller.js';
import { OrderInvoices } from './invoice/order-invoices.js';
import { RegistryController } from './registry/registry.controller.js';
import { TaxController } from './tax/tax.controller.js';
import { ScreenSubjects } from './watchlist/screen-subjects.js';
import { WatchlistController } from './watchlist/watchlist.controller.js';

const PARTIES = [
  RegistryController,
  IdentityController,
  BureauController,
  TaxController,
  InvoiceController,
  WatchlistController,
  CourtController,
  PayoutController,
  AccountVerificationController,
  SignatureController,
];

/** Wiring of provider-sandbox. */
@Module({
  controllers: [...PARTIES, FirmController, CaseController, DataSetController, FaultController, CounterController],
  providers: [
    AnswerOnce,
    Faults,
    MadeFirms,
    MakeFirms,
    FindFirm,
    ListFirms,
    DataSets,
    FileInspector,
    InvoiceBatches,
    OrderInvoices,
    ScreenSubjects,
    PayoutBook,
    PostCallbacks,
    Certificates,
  ],
})
export class ProviderSandboxModule {
  /** It plays the outside world, which does not know our gateway. */
  static readonly authenticatesItself = true;

  static configure(app: NestFastifyApplication): void {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('preClose', (done) => {
        app.get(Faults).endWaits();
        done();
      });
  }
}

/** Every outside party over HTTP (docs/provider-contract.md), from made firms and data folders, with faults on request. */
export const providerSandbox = defineService({
  name: 'provider-sandbox',
  schema: 'provider_sandbox',
  config: ProviderSandboxConfig,
  module: ProviderSandboxModule,
  migrations: new URL('../migrations', import.meta.url),
  consumes: [],
  produces: [],
  jobs: {},
  tickers: [{ intervalMs: 500, ticker: PostCallbacks }],
});
