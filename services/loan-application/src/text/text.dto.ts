import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { TEXT_LANGUAGES, type TextLanguage } from './published-texts.js';

/** Query of `GET /consent-texts` and `GET /disclosures`. */
export class ListTextsDto {
  @IsOptional() @IsIn(TEXT_LANGUAGES) language?: TextLanguage;
  /** Consent or disclosure; one that there is not has no texts. */
  @IsOptional() @IsString() @MaxLength(40) type?: string;
}
