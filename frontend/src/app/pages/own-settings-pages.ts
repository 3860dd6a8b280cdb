/** The small pages about one's own account and device, loaded together: whoever opens one looks at others too. */
export { AppearanceSettings } from "@/features/account/appearance-settings";
export { LoginList } from "@/features/account/login-list";
export { PasswordSettings } from "@/features/account/password-settings";
export { ProfileSettings } from "@/features/account/profile-settings";
export { TokenSettings } from "@/features/account/token-settings";
export { NotificationSettings } from "@/features/notifications/notification-settings";
export { KeyboardSettings } from "@/features/shortcuts/keyboard-settings";
