/** Names under which people and programs keep what nobody else should have. */
const sensitive: readonly RegExp[] = [
  /^\.env(\..*)?$|\.env$/,
  /^\.(netrc|npmrc|pypirc|pgpass|git-credentials|htpasswd|dockercfg|vault-token|boto|s3cfg|my\.cnf)$/,
  /^_netrc$/,
  /^id_(rsa|dsa|ecdsa|ed25519)/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx?|ppk|asc|gpg|ovpn|tfstate|tfvars|agekey|keychain(-db)?|mobileprovision)(\.\w+)?$/,
  /(^|[._-])(credentials?|secrets?|passwords?|passwd|shadow|tokens?|private[._-]?key|service[._-]?account)([._-]|$)/,
  /^(auth|cookies|kubeconfig|known_hosts|authorized_keys|wallet|login data|\.?bash_history|\.zsh_history)(\.\w+)?$/,
];
/** Directories of which nothing leaves: keys, logins, and the inside of repositories. */
const closed: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', '.ssh', '.gnupg', '.aws', '.azure', '.gcloud', '.kube', '.docker', '.codex', '.threadbridge'],
  ...['.password-store', '.1password', '.mozilla', 'gcloud'],
]);

/** Whether a path, relative to its workspace, is that of a file which never leaves whatever is in it. Pure. */
export function isSensitivePath(relative: string): boolean {
  const parts = relative.toLowerCase().split(/[/\\]/);
  const name = parts.at(-1) ?? '';
  return parts.slice(0, -1).some((part) => closed.has(part)) || sensitive.some((pattern) => pattern.test(name));
}
