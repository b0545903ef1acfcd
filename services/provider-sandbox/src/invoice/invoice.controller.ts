import { Body, Controller, Get, Param, Put, StreamableFile } from '@nestjs/common';
import { IsOptional, IsUUID } from 'class-validator';
import { AnswerOnce } from '../answer/answer-once.js';
import { AnswersJsonText, RequestId } from '../answer/request-id.js';
import { requireConsent } from '../answer/require-consent.js';
import { PlaysProvider } from '../fault/fault.interceptor.js';
import { IsUsccForm } from '../profile/profile-rules.js';
import { InvoiceBatches } from './invoice-batches.js';
import { OrderInvoices } from './order-invoices.js';

class OrderInvoicesDto {
  @IsUsccForm() uscc!: string;
  @IsOptional() @IsUUID() consentId?: string | null;
}

/** The tax bureau's VAT invoices, in batches. */
@Controller('v1/invoices')
@PlaysProvider('invoices')
export class InvoiceController {
  constructor(
    private readonly answers: AnswerOnce,
    private readonly orderInvoices: OrderInvoices,
    private readonly batches: InvoiceBatches,
  ) {}

  @Put('orders/:orderId')
  @AnswersJsonText()
  order(@RequestId('orderId') orderId: string, @Body() body: OrderInvoicesDto): Promise<string> {
    requireConsent(body.consentId);
    return this.answers.answer('invoices', orderId, body, async () => ({ orderId, ...(await this.orderInvoices.order(body.uscc)) }));
  }

  @Get('batches/:batchId')
  async batch(@Param('batchId') batchId: string): Promise<StreamableFile> {
    const { stream, sizeBytes } = await this.batches.open(batchId);
    return new StreamableFile(stream, { type: 'application/gzip', length: sizeBytes });
  }
}
