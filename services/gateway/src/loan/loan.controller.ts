import { CurrentPrincipal, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Put, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { KnownId, NewId } from '../access/path-id.js';
import { Upstream } from '../upstream/upstream.js';
import { JournalDto } from './journal.dto.js';
import {
  HeldRepaymentDto,
  ListLoansDto,
  LoanDto,
  LoanListDto,
  LoanPageDto,
  RecordRepaymentDto,
  RepaymentDto,
  RepaymentListDto,
  ScheduleDto,
} from './loan.dto.js';

@ApiTags('Loans')
@Controller('v1/loans')
export class LoanController {
  constructor(@Inject(Upstream) private readonly upstream: Upstream) {}

  @Get()
  @ApiOperation({ summary: 'Loans, newest first', description: 'Each as of today.' })
  @ApiOkResponse({ type: LoanListDto })
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListLoansDto): Promise<LoanListDto> {
    return this.upstream.get('post-loan-monitoring', '/loans', principal, query);
  }

  @Get(':loanId')
  @ApiOperation({ summary: 'A loan account as of today' })
  @ApiOkResponse({ type: LoanDto })
  show(@CurrentPrincipal() principal: Principal, @KnownId('loanId') loanId: string): Promise<LoanDto> {
    return this.upstream.get('post-loan-monitoring', `/loans/${loanId}`, principal);
  }

  @Get(':loanId/schedule')
  @ApiOperation({ summary: 'The schedule with what was paid of it' })
  @ApiOkResponse({ type: ScheduleDto })
  schedule(@CurrentPrincipal() principal: Principal, @KnownId('loanId') loanId: string): Promise<ScheduleDto> {
    return this.upstream.get('post-loan-monitoring', `/loans/${loanId}/schedule`, principal);
  }

  @Get(':loanId/repayments')
  @ApiOperation({ summary: 'Repayments in the order of recording' })
  @ApiOkResponse({ type: RepaymentListDto })
  repayments(@CurrentPrincipal() principal: Principal, @KnownId('loanId') loanId: string, @Query() query: LoanPageDto): Promise<RepaymentListDto> {
    return this.upstream.get('post-loan-monitoring', `/loans/${loanId}/repayments`, principal, query);
  }

  @Put(':loanId/repayments/:repaymentId')
  @ApiOperation({
    summary: 'Report a transfer that came in',
    description: 'The bank’s reference names one transfer for good: told again under another id, it counts once.',
  })
  @ApiCreatedResponse({ type: RepaymentDto, description: 'The transfer is new.' })
  @ApiOkResponse({ type: RepaymentDto })
  @ApiAcceptedResponse({
    type: HeldRepaymentDto,
    description: 'More than the loan can owe: the transfer is kept and not booked until two persons have decided.',
  })
  async repay(
    @CurrentPrincipal() principal: Principal,
    @KnownId('loanId') loanId: string,
    @NewId('repaymentId') repaymentId: string,
    @Body() body: RecordRepaymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RepaymentDto | HeldRepaymentDto> {
    const answer = await this.upstream.put<RepaymentDto | HeldRepaymentDto>(
      'post-loan-monitoring',
      `/loans/${loanId}/repayments/${repaymentId}`,
      principal,
      body,
    );
    reply.status(answer.status);
    return answer.body;
  }

  @Get(':loanId/journal')
  @ApiOperation({ summary: 'The balanced double-entry journal of the loan' })
  @ApiOkResponse({ type: JournalDto })
  journal(@CurrentPrincipal() principal: Principal, @KnownId('loanId') loanId: string, @Query() query: LoanPageDto): Promise<JournalDto> {
    return this.upstream.get('post-loan-monitoring', `/loans/${loanId}/journal`, principal, query);
  }
}
