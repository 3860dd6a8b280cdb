import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AuthLayout } from "@/features/auth/auth-layout";
import { OneFieldForm } from "@/features/auth/one-field-form";
import { api } from "@/shared/api/client";
import { useTitle } from "@/shared/lib/use-title";
import { toast } from "@/shared/ui/toast-store";

/** A forgotten password: asking for a link, and where that link leads. What follows `#` reaches no server's log. */
export default function ResetPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  useTitle("Reset your password");
  return token ? <NewPassword token={token} /> : <AskForLink />;
}

function AskForLink() {
  const [address, setAddress] = useState<string>();
  return (
    <AuthLayout
      title={address ? "Look into your mail" : "Forgot your password?"}
      subtitle={
        address
          ? `If somebody has an account with ${address}, a link is on its way. It counts for an hour.`
          : "A link to a new one is sent to your address."
      }
      footer={<ToSignIn />}
    >
      {address ? null : (
        <OneFieldForm
          label="Email"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          missing="Enter your email address"
          action="Send the link"
          onSubmit={async (email) => {
            await api.POST("/api/v1/auth/password/forgot", { body: { email: email.trim() } });
            setAddress(email.trim());
          }}
        />
      )}
    </AuthLayout>
  );
}

function NewPassword({ token }: { token: string }) {
  const navigate = useNavigate();
  return (
    <AuthLayout
      title="Choose a new password"
      subtitle="Every place where you are signed in is signed out, and your API tokens are revoked."
      footer={<ToSignIn />}
    >
      <OneFieldForm
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="8 characters or more, and not a common one."
        missing="Choose a new password"
        action="Set the password"
        onSubmit={async (password) => {
          await api.POST("/api/v1/auth/password/reset", { body: { token, password } });
          toast("Your password is changed. Sign in with it.");
          await navigate({ to: "/login" });
        }}
      />
    </AuthLayout>
  );
}

function ToSignIn() {
  return (
    <Link to="/login" className="font-medium text-accent underline">
      Back to sign in
    </Link>
  );
}
