import { Problem } from '@millrace/service';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { DataSets, type DataSetView } from './data-sets.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,49}$/;

class LoadDataSetDto {
  @IsString() @IsNotEmpty() @MaxLength(1_000) directory!: string;
}

/** Control of the data folders. */
@Controller('sandbox/data-sets')
export class DataSetController {
  constructor(private readonly dataSets: DataSets) {}

  @Get()
  async list(): Promise<{ items: DataSetView[] }> {
    return { items: await this.dataSets.list() };
  }

  @Put(':name')
  load(@Param('name') name: string, @Body() { directory }: LoadDataSetDto): Promise<DataSetView> {
    if (!NAME.test(name)) {
      const errors = [{ field: 'name', message: 'must be 1 to 50 small letters, digits, dots, dashes or underscores' }];
      throw new Problem({ status: 400, code: 'VALIDATION_FAILED', title: 'Some fields are not right.', errors });
    }
    return this.dataSets.load(name, directory);
  }
}
