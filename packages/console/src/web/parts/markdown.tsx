import { type MarkedToken, marked, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { CopyButton } from './copy-button.tsx';
import { DiffView } from './diff-view.tsx';

/** Markdown as elements. HTML in it is shown as the text it is; links lead to the web alone. */
export function Markdown({ text }: { readonly text: string }) {
  const tokens = useMemo(() => marked.lexer(text, { gfm: true, breaks: true }), [text]);
  return <div class="markdown">{all(tokens)}</div>;
}

function all(tokens: readonly Token[] | undefined): ComponentChildren {
  return (tokens ?? []).map((token) => one(token as MarkedToken));
}

function one(token: MarkedToken): ComponentChildren {
  switch (token.type) {
    case 'heading':
      return <Heading token={token} />;
    case 'paragraph':
      return <p>{all(token.tokens)}</p>;
    case 'text':
      return token.tokens === undefined ? plain(token.text) : all(token.tokens);
    case 'strong':
      return <strong>{all(token.tokens)}</strong>;
    case 'em':
      return <em>{all(token.tokens)}</em>;
    case 'del':
      return <del>{all(token.tokens)}</del>;
    case 'codespan':
      return <code>{plain(token.text)}</code>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'code':
      return <Code token={token} />;
    case 'blockquote':
      return <blockquote>{all(token.tokens)}</blockquote>;
    case 'list':
      return <List token={token} />;
    case 'table':
      return <Table token={token} />;
    case 'link':
      return <Link token={token} />;
    case 'image':
      return <Link token={{ ...token, tokens: [] }} />;
    case 'escape':
      return plain(token.text);
    case 'html':
      return token.raw;
    case 'space':
    case 'def':
    case 'checkbox':
    case 'list_item':
      return null;
  }
}

/** What the lexer wrote as entities, as the signs they stand for. */
function plain(text: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => signs[name] ?? entity);
}

/** Headings of a message stand below those of the page. */
function Heading({ token }: { readonly token: Tokens.Heading }) {
  return token.depth <= 2 ? <h4>{all(token.tokens)}</h4> : <h5>{all(token.tokens)}</h5>;
}

function Code({ token }: { readonly token: Tokens.Code }) {
  if (token.lang === 'diff') return <DiffView diff={token.text} />;
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>
        <code>{token.text}</code>
      </pre>
      <CopyButton text={token.text} />
    </div>
  );
}

function List({ token }: { readonly token: Tokens.List }) {
  const items = token.items.map((item, index) => (
    <li key={index}>
      {item.task && <input type="checkbox" checked={item.checked === true} disabled aria-label={item.text} />}
      {all(item.tokens)}
    </li>
  ));
  return token.ordered ? <ol start={token.start === '' ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ token }: { readonly token: Tokens.Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell) => (
              <th key={cell.text}>{all(cell.tokens)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{all(cell.tokens)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Link({ token }: { readonly token: Pick<Tokens.Link, 'href' | 'text' | 'tokens'> }) {
  const content = token.tokens.length > 0 ? all(token.tokens) : plain(token.text) || token.href;
  if (!/^(?:https?:\/\/|mailto:)/i.test(token.href)) return <>{content}</>;
  return (
    <a href={token.href} target="_blank" rel="noopener noreferrer">
      {content}
    </a>
  );
}
