interface ProviderLinkProps {
  /** What people call the provider. */
  name: string;
  /** Where one goes afterwards: a path on this site. */
  next?: string | undefined;
}

/** Leaves the page for the OpenID Connect provider, which leads back. */
export function ProviderLink({ name, next }: ProviderLinkProps) {
  const search = next ? `?${new URLSearchParams({ return_to: next })}` : "";
  return (
    <>
      <p className="my-4 flex items-center gap-3 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </p>
      <a
        href={`/api/v1/auth/oidc/start${search}`}
        className="touch-target flex min-h-9 w-full items-center justify-center rounded-control border border-strong bg-surface px-3.5 text-center font-medium transition-colors hover:bg-hover"
      >
        Sign in with {name}
      </a>
    </>
  );
}
