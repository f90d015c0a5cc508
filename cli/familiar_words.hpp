#pragma once

#include <string>
#include <string_view>

// What people type who come from docker, compose, kubectl, helm or terraform.
namespace cli {

// The command that is meant where another tool's name for it is plain: "ps" means "status". Any
// other word as it is. No name leads to more being removed than it says.
[[nodiscard]] std::string_view command_behind(std::string_view word);

// All such names, as a list for a person: "apply, deploy". `command` empty: of every command.
[[nodiscard]] std::string other_names(std::string_view command = {});

// How to do here what another tool's command does, as a hint; empty where nothing is known of it.
// An entry goes when pivot gets that command.
[[nodiscard]] std::string_view way_instead_of(std::string_view word);

// The same for an option that `command` does not have: "--build".
[[nodiscard]] std::string_view way_instead_of_option(std::string_view command,
                                                     std::string_view option);

// Whether one of two options takes back what the other says: "--keep-orphans" and
// "--remove-orphans", "--no-wait" and "--wait". Such a one is never suggested.
[[nodiscard]] bool may_be_opposites(std::string_view option, std::string_view other);

}  // namespace cli
