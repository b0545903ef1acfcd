import { CurrentPrincipal, requireRight, type ListPage, type Principal } from '@millrace/service';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ChangeCase } from './change-case.js';
import { AssignCaseDto, HandOverCaseDto, ListCasesDto } from './collection.dto.js';
import { ReadCases, type CaseView } from './read-cases.js';

@Controller('collection/cases')
export class CaseController {
  constructor(
    @Inject(ReadCases) private readonly cases: ReadCases,
    @Inject(ChangeCase) private readonly changeCase: ChangeCase,
  ) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() query: ListCasesDto): Promise<ListPage<CaseView>> {
    requireRight(principal, 'collection');
    return this.cases.list(principal, query);
  }

  @Get(':caseId')
  show(@CurrentPrincipal() principal: Principal, @Param('caseId', ParseUUIDPipe) caseId: string): Promise<CaseView> {
    requireRight(principal, 'collection');
    return this.cases.show(principal, caseId);
  }

  @Put(':caseId/assignments/:assignmentId')
  async assign(
    @CurrentPrincipal() principal: Principal,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('assignmentId', ParseUUIDPipe) changeId: string,
    @Body() body: AssignCaseDto,
  ): Promise<CaseView> {
    await this.changeCase.change(principal, caseId, { changeId, what: 'collector', value: body.collector ?? null });
    return this.cases.show(principal, caseId);
  }

  @Put(':caseId/handovers/:handoverId')
  async handOver(
    @CurrentPrincipal() principal: Principal,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('handoverId', ParseUUIDPipe) changeId: string,
    @Body() body: HandOverCaseDto,
  ): Promise<CaseView> {
    await this.changeCase.change(principal, caseId, { changeId, what: 'agency', value: body.agency ?? null });
    return this.cases.show(principal, caseId);
  }
}
