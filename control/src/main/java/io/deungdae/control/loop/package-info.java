/**
 * The control loop: takes the process image, keeps hands with the PLC, carries decisions and
 * people's requests through the guards to the devices, and takes autonomy away when it has to.
 * Judgements, the board and outcomes come in; setpoints and records go out. It must not know
 * protocols, models or screens.
 */
@NullMarked
package io.deungdae.control.loop;

import org.jspecify.annotations.NullMarked;
