import { textAt } from '../../json.ts';
import { nameMentions } from '../mentions.ts';
import { type ContentConverter, onlyText } from './converted.ts';

export const text: ContentConverter = (content, { mentions, bot }) =>
  onlyText(nameMentions(textAt(content, 'text') ?? '', mentions, bot));
