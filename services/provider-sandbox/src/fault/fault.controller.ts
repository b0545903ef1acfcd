import { notFound, Problem } from '@millrace/service';
import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { PROVIDERS, PutFaultDto, type Provider } from './fault.dto.js';
import { Faults, type Fault } from './faults.js';

function knownProvider(name: string): Provider {
  const provider = PROVIDERS.find((candidate) => candidate === name);
  if (!provider) throw notFound('provider');
  return provider;
}

function refuseMisfit(provider: Provider, { kind, callbackUrl }: PutFaultDto): void {
  if (kind === 'late_callback' ? provider === 'bank' : callbackUrl === undefined) return;
  throw new Problem({
    status: 422,
    code: 'FAULT_NOT_OFFERED',
    title: 'Only the bank calls back late.',
    detail: 'late_callback and callbackUrl go together with bank.',
  });
}

/** Control of faults. */
@Controller('sandbox/faults')
export class FaultController {
  constructor(private readonly faults: Faults) {}

  @Get()
  list(): { items: Fault[] } {
    return { items: this.faults.list() };
  }

  @Put(':provider')
  put(@Param('provider') name: string, @Body() body: PutFaultDto): Fault {
    const provider = knownProvider(name);
    refuseMisfit(provider, body);
    return this.faults.set(provider, body);
  }

  @Delete(':provider')
  @HttpCode(204)
  clear(@Param('provider') name: string): void {
    this.faults.clear(knownProvider(name));
  }
}
