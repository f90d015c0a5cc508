#pragma once

#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/hosts.hpp"

namespace plan {

// Decides "changed": equal for two runs exactly when the engine would get the same container
// (plan/canonical.hpp says what that is), whichever version of pivot they were, as long as their
// schema is the same. Behind the hash of the whole it has a short hash for each part that is not at
// its default: `2-8c1f0e… image=5d2a,env=91b0`.
[[nodiscard]] std::string fingerprint(const appliance::Container& container,
                                      const std::string& image_id,
                                      const std::vector<Host>& hosts = {},
                                      const std::vector<appliance::PersistentVolume>& volumes = {});

// Why two fingerprints differ: "image and env changed"; "made by an older pivot" where the schema
// of the one before is older.
[[nodiscard]] std::string difference(const std::string& before, const std::string& after);

// The names of the parts that differ: {"image", "env"}; none where the schemas do.
[[nodiscard]] std::vector<std::string> changed_parts(const std::string& before,
                                                     const std::string& after);

}  // namespace plan
