import { notFound, Problem } from '@millrace/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { FirmProfile } from '../profile/firm-profile.js';
import { GenerateFirmsDto, ListFirmsDto, PutFirmDto } from './firm.dto.js';
import { ListFirms, type FirmPage } from './list-firms.js';
import { MadeFirms, type MadeFirm } from './made-firms.js';
import { MakeFirms } from './make-firms.js';
import { firmItem, type FirmItem } from '../profile/sandbox-firm.js';

const FIRM_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

interface WholeFirm extends FirmItem {
  readonly mix: string;
  readonly seed: string;
  readonly profile: FirmProfile;
}

const wholeFirm = (firm: MadeFirm): WholeFirm => ({ ...firmItem(firm), mix: firm.mix, seed: firm.seed, profile: firm.record });

/** Control of the firms that the sandbox knows. */
@Controller('sandbox/firms')
export class FirmController {
  constructor(
    private readonly listFirms: ListFirms,
    private readonly makeFirms: MakeFirms,
    private readonly firms: MadeFirms,
  ) {}

  @Get()
  list(@Query() query: ListFirmsDto): Promise<FirmPage> {
    return this.listFirms.page(query);
  }

  @Post('generate')
  @HttpCode(200)
  async generate(@Body() body: GenerateFirmsDto): Promise<{ items: FirmItem[] }> {
    return { items: (await this.makeFirms.generate(body)).map(firmItem) };
  }

  @Get(':firmId')
  async show(@Param('firmId') firmId: string): Promise<WholeFirm> {
    const firm = await this.firms.byId(firmId);
    if (!firm) throw notFound('firm');
    return wholeFirm(firm);
  }

  /** 201 for a new firm, 200 for a changed one. */
  @Put(':firmId')
  async put(@Param('firmId') firmId: string, @Body() body: PutFirmDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<WholeFirm> {
    if (!FIRM_ID.test(firmId)) {
      const errors = [{ field: 'firmId', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' }];
      throw new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', errors });
    }
    const { created, firm } = await this.makeFirms.put(firmId, body);
    reply.status(created ? 201 : 200);
    return wholeFirm(firm);
  }
}
