/** What an application is: its form, its status, its event. */
@NullMarked
package app.heyblue.onboarding.domain;

import org.jspecify.annotations.NullMarked;
