#pragma once

#include "apply/failure.hpp"
#include "present/failure_text.hpp"

namespace present {

// How an instance failed, its place in the document and what it logged last. The hint is empty
// where nothing is known that helps with this very failure.
[[nodiscard]] Message explain(const apply::InstanceFailed& failed, const Subject& subject);

// Whether the one that it was to replace runs again, a line; empty: it was to replace none.
[[nodiscard]] std::string what_became_of_the_old(const apply::InstanceFailed& failed,
                                                 const Subject& subject);

}  // namespace present
