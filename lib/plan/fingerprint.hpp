#pragma once

#include <string>
#include <vector>

#include "appliance/appliance.hpp"
#include "plan/hosts.hpp"

namespace plan {

// Decides "changed": equal for two runs exactly when the engine would get the same container. It
// covers the resolved container, whose volumes its mounts are and the image's ID, never
// `instances`, `dependencies`, port names or pivot's version. How often a check runs before a
// container is ready is left out as well: the engine gets it, but nothing depends on it once it
// runs. Behind the hash of the whole it has a short hash for each part: `1-8c1f0e…
// image=5d2a,command=91b0,…`.
[[nodiscard]] std::string fingerprint(const appliance::Container& container,
                                      const std::string& image_id,
                                      const std::vector<Host>& hosts = {},
                                      const std::vector<appliance::PersistentVolume>& volumes = {});

// Why two fingerprints differ: "image and env changed"; "made by another version of pivot" where
// their schemas do.
[[nodiscard]] std::string difference(const std::string& before, const std::string& after);

// The names of the parts that differ: {"image", "env"}; none where the schemas do.
[[nodiscard]] std::vector<std::string> changed_parts(const std::string& before,
                                                     const std::string& after);

}  // namespace plan
